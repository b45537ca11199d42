import ArgumentParser
import Foundation
import NotebookEngine
import NotebookModel
import NotebookReport

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run what pages carry again, and compare: text, values, verdicts, figures.",
    discussion: """
      A page carries its notebook, parameters and seed, and what its run put out. The notebook is run again, and \
      what differs is named at its place. Values with a stated error (0.52 ± 0.01) are compared within it; where \
      compiler, library or processor are other ones, so are the last places of decimals. The page itself is compared \
      with what its record gives, so that a change by hand is found as well. Of contents, and of a folder, all \
      pages are verified. A page holds a program: verify those that you would run; 'notebook source' shows it.

      Exit codes: 0 the same; 1 something differs; 65 a page that carries no source, or is damaged; 69 the \
      toolchain or the build; 130 interrupted.
      """)

  @Argument(help: "Pages (.html), or folders of them.", completion: .file(extensions: ["html"]))
  var pages: [String]

  @Option(
    help: "Where cells run, to find files that they read; an empty folder otherwise.", completion: .directory)
  var folder: String?

  @OptionGroup var limits: LimitOptions

  @Flag(help: "Say nothing but what differs.")
  var quiet = false

  func validate() throws {
    guard !pages.isEmpty else { throw ValidationError("Name a page, or several.") }
    if let folder {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
        throw ValidationError("There is no folder \(folder).")
      }
    }
  }

  func run() throws {
    let selection = PageSelection(pages)
    for complaint in selection.complaints { Terminal.complain(complaint) }
    var worst: ExitStatus = selection.complaints.isEmpty ? .success : .unreadable
    if !selection.pages.isEmpty {
      Interruption.install()
      switch Workshop.prepare(isQuiet: quiet) {
      case .failure(let error):
        Terminal.complain("notebook: error: \(error)")
        throw (Interruption.isRaised ? ExitStatus.interrupted : .unavailable).code
      case .success(let workshop):
        var chapters: [String: Chapter] = [:]
        // Contents last: they show what the other pages do.
        for (path, file) in selection.pages where !Interruption.isRaised {
          worst = max(worst, verify(path, file, workshop, &chapters))
        }
        CellCache.prune(Places.cells)
      }
    }
    if Interruption.isRaised { worst = .interrupted }
    if worst != .success { throw worst.code }
  }

  private func verify(
    _ path: String, _ file: PageFile, _ workshop: Workshop, _ chapters: inout [String: Chapter]
  ) -> ExitStatus {
    let start = ContinuousClock.now
    let folder = folder.map { URL(filePath: $0) }
    let verification = PageVerification(
      path: path, file: file, workshop: workshop, limits: limits.limits, folder: folder)
    do {
      let outcome = try verification.run(chapters: PageSelection.beside(path, chapters))
      if Interruption.isRaised { return .interrupted }
      chapters[path] = outcome.chapter
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      return tell(outcome, of: path, file.record, seconds)
    } catch let errors as NotebookErrors {
      for diagnostic in errors.diagnostics {
        Terminal.complain(
          "\(path): error: its notebook cannot be run: \(diagnostic.shown(as: file.record.file))")
      }
      return .unreadable
    } catch let error as EngineError {
      Terminal.complain("\(path): error: \(error)")
      return .unavailable
    } catch {
      Terminal.complain("\(path): error: \(error)")
      return .unreadable
    }
  }

  private func tell(
    _ outcome: PageVerification.Outcome, of path: String, _ record: PageRecord, _ seconds: Double
  ) -> ExitStatus {
    for note in outcome.notes { Terminal.complain("\(path): note: \(note)") }
    func tell(_ differences: [Difference], _ words: (Difference) -> String) {
      for difference in differences.prefix(Difference.most) {
        let place = difference.line.map { "\(record.file):\($0): " } ?? ""
        Terminal.complain("\(path): \(place)\(difference.subject): \(words(difference))")
      }
      let rest = differences.count - Difference.most
      if rest > 0 { Terminal.complain("\(path): and \(count(rest, "more difference"))") }
    }
    tell(outcome.ofPage) { "the page has \($0.was), and its record \($0.now)" }
    tell(outcome.ofRun) { "was \($0.was), and is \($0.now) when it is run again" }
    let found = outcome.ofPage.count + outcome.ofRun.count
    if found > 0 {
      for hint in outcome.hints { Terminal.complain("\(path): \(hint)") }
      Terminal.complain("\(path): differs in \(count(found, "place")); \(duration(seconds))")
      return .refuted
    }
    if !quiet {
      let figures = outcome.figures == 0 ? "" : " and \(count(outcome.figures, "figure"))"
      let contents = record.contents.map { ", and the contents of \(count($0.count, "page"))" } ?? ""
      Terminal.say(
        "\(path): the same: \(count(outcome.cells, "cell")) ran again; text, values, verdicts\(figures) agree\(contents); \(duration(seconds))"
      )
    }
    return .success
  }
}

extension Diagnostic {
  /// With the notebook's own name instead of a path.
  fileprivate func shown(as file: String) -> String {
    var diagnostic = self
    diagnostic.file = file
    return diagnostic.description
  }
}
