import Foundation
import NotebookEngine
import NotebookModel
import NotebookReport

/// Runs what a page carries again, and compares.
///
/// Two comparisons together leave no place for a page that shows what its source does not give: the record that
/// the page carries against the record of the new run, and the page as it was found against the page that its own
/// record gives. Nothing that the page says of itself is believed but which notebook, seed and parameters to run.
struct PageVerification {
  /// As the user gave it.
  let path: String
  let file: PageFile
  let workshop: Workshop
  let limits: Limits
  /// Where cells run, and find the files that they read; nil: in an empty folder.
  let folder: URL?

  /// What was found.
  struct Outcome {
    /// Between the page's record and the new run.
    var ofRun: [Difference] = []
    /// Between the page and its record.
    var ofPage: [Difference] = []
    /// What is compared less strictly, and why.
    var notes: [String] = []
    var hints: [String] = []
    var cells = 0
    var figures = 0
    /// What contents show of the page, by its record.
    var chapter: Chapter?
  }

  private var record: PageRecord { file.record }

  /// - Parameter chapters: what a page of contents lists, by the names of their pages.
  /// - Throws: ``NotebookErrors``, ``ParameterError``, ``EngineError``, ``Misfit``
  func run(chapters: [String: Chapter]) throws -> Outcome {
    let place =
      folder ?? FileManager.default.temporaryDirectory.appending(path: "flowbook-\(UUID().uuidString)")
    if folder == nil { try AtomicFile.makeFolder(place) }
    defer { if folder == nil { try? FileManager.default.removeItem(at: place) } }

    let source = try Notebook.parse(bytes: file.source, path: place.appending(path: record.file).path)
    guard let notebook = record.numbering.map(source.numbered) ?? source else { throw Misfit() }
    let parameters = try notebook.frontMatter.parameters(
      overriddenBy: record.parameters.map { "\($0.name)=\($0.value)" })
    guard record.trace.cells.count == notebook.cells.count else { throw Misfit() }

    let pictures = file.pictures
    var execution = NotebookExecution(workshop: workshop)
    execution.images = record.images.compactMapValues { pictures[$0] }
    var options = Session.Options()
    options.limits = limits
    options.seed = record.seed
    options.reseed = record.conditions.reseed
    options.keepsGoing = record.conditions.keepsGoing
    let (report, fresh) = try execution.run(notebook, parameters, options, QuietObserver())

    var outcome = Outcome()
    let (numbers, looks) = changes
    outcome.notes = notes(numbers, looks)
    let again = Trace(fresh)
    outcome.cells = fresh.cells.count { $0.state != .notRun }
    outcome.figures = again.figures
    outcome.ofRun = record.trace.differences(
      from: again, in: notebook, numbers.isEmpty ? .statedErrors : .otherVersions)
    if zip(record.trace.cells, fresh.cells).contains(where: { !$0.hasFailed && $1.failure != nil }) {
      outcome.hints = hints
    }
    let shown = RunRecord(record.trace, seed: record.seed, parameters: parameters, pictures: pictures)
    outcome.ofPage = pageDifferences(report, notebook, shown, chapters, comparesMarkup: looks.isEmpty)
    outcome.chapter = report.chapter(for: shown, page: URL(filePath: path).lastPathComponent)
    return outcome
  }

  /// Why a cell may fail that did not.
  private var hints: [String] {
    var hints: [String] = []
    if folder == nil {
      hints.append(
        "cells run in an empty folder; where they read files, name the files' folder: '--folder Notebooks'")
    }
    if let variant = record.conditions.variant {
      hints.append(
        "the page is the variant '\(variant)', and carries no more of its notebook than it shows: where other cells "
          + "need what is left out, only a page of the whole notebook can be verified")
    }
    return hints
  }

  /// The record is not of the page's notebook.
  struct Misfit: Error, CustomStringConvertible {
    let description =
      "the record in this page is of another notebook than its source: one of them was changed"
  }

  private var changes: (numbers: [String], looks: [String]) {
    (
      Making.changes(from: record.making.numbers, to: workshop.making.numbers),
      Making.changes(from: record.making.looks, to: workshop.making.looks)
    )
  }

  private func notes(_ numbers: [String], _ looks: [String]) -> [String] {
    var notes: [String] = []
    if !numbers.isEmpty {
      notes.append(
        "it was made with \(numbers.joined(separator: ", ")): values are compared within their stated errors, "
          + "other decimals to the last place, figures by their numbers alone")
    }
    if !looks.isEmpty {
      notes.append(
        "it was written by \(looks.joined(separator: ", ")): its text and pictures are compared, and not its markup"
      )
    }
    return notes
  }

  private func pageDifferences(
    _ report: HTMLReport, _ notebook: Notebook, _ shown: RunRecord, _ chapters: [String: Chapter],
    comparesMarkup: Bool
  ) -> [Difference] {
    let options = ReportOptions(showsTimings: record.showsTimings)
    guard let entries = record.contents else {
      return report.page(for: shown, options: options, links: record.links, carrying: record)
        .differences(from: file.bytes, of: notebook, comparesMarkup: comparesMarkup)
    }
    let missing = entries.filter { $0.complaint.isEmpty && chapters[$0.page] == nil }
    if !missing.isEmpty {
      return missing.map {
        Difference(line: nil, subject: "the page \($0.page)", was: "listed", now: "not there to be compared")
      }
    }
    let listed = entries.map {
      chapters[$0.page] ?? Chapter(page: $0.page, title: $0.title, complaint: $0.complaint)
    }
    return report.page(for: shown, options: options, contents: listed, carrying: record)
      .differences(from: file.bytes, of: notebook, comparesMarkup: comparesMarkup)
  }
}

extension Trace {
  fileprivate var figures: Int {
    cells.flatMap(\.outputs).count { if case .figure = $0 { true } else { false } }
  }
}

extension Trace.Cell {
  fileprivate var hasFailed: Bool { if case .failed = state { true } else { false } }
}
