import Foundation
import NotebookEngine
import NotebookEvents
import NotebookModel
import NotebookReport

/// One notebook from its text to its page.
struct NotebookRun {
  let path: String
  let output: OutputOptions?
  /// What to write; nil where nothing is wanted.
  let files: OutputFiles?
  let options: RunOptions
  /// What prints, where a PDF is wanted.
  let chromium: Chromium?
  let workshop: Workshop
  /// Where the page stands among those of a folder.
  var links = CourseLinks()
  /// What the front page of a folder lists behind the notebook.
  var contents: [Chapter]?
  /// Instead of what is at the path.
  var notebook: Notebook?

  func run() -> BatchResult {
    let start = ContinuousClock.now
    var result = BatchResult(path: path)
    do {
      let notebook = try notebook ?? Notebook.read(path: path)
      let parameters = try notebook.frontMatter.parameters(overriddenBy: options.cells.parameters)
      for file in files?.all ?? [] { try Handout.makePlace(for: file, of: path) }
      try run(notebook, parameters, &result)
    } catch let errors as NotebookErrors {
      for diagnostic in errors.diagnostics { Terminal.complain(diagnostic.description) }
      result.status = .unreadable
    } catch let error as ParameterError {
      Terminal.complain("\(path): error: \(error)")
      result.status = .usage
    } catch let error as EngineError {
      Terminal.complain("\(path): error: \(error)")
      result.status = .unavailable
    } catch let error as Handout.CannotWrite {
      Terminal.complain("\(error)")
      result.status = .cannotWrite
    } catch {
      Terminal.complain("\(path): error: \(error)")
      result.status = .unavailable
    }
    result.seconds = (ContinuousClock.now - start) / .seconds(1)
    if !options.quiet, !options.json, result.hasRun { Terminal.say(result.line(files)) }
    if options.json { JSONLines.write(result, files) }
    return result
  }

  private func run(_ notebook: Notebook, _ parameters: [Parameter], _ result: inout BatchResult) throws {
    for warning in notebook.warnings { Terminal.complain(warning.description) }
    var sessionOptions = options.cells.sessionOptions(for: notebook)
    sessionOptions.keepsGoing = options.keepGoing

    let shown = try output?.variant.map { variant throws(NotebookErrors) in try notebook.variant(variant) }
    let execution = NotebookExecution(workshop: workshop, shown: shown)
    let (report, record) = try execution.run(notebook, parameters, sessionOptions, observer(of: notebook))
    for warning in report.warnings { Terminal.complain(warning.description) }
    let shownRecord = shown?.record(from: record, of: notebook) ?? record
    if let files, let output {
      let handout = Handout(
        report: report, record: shownRecord, output: output, files: files, links: links, contents: contents,
        chromium: chromium, carried: carried(by: report, shownRecord))
      try handout.write()
      if links.contents != nil {
        result.chapter = report.chapter(for: shownRecord, page: files.page.lastPathComponent)
      }
    }
    result.take(notebook, record, isStrict: options.strict)
    if options.twice, !Interruption.isRaised {
      try execution.withNothingKept { execution in
        let (again, repetition) = try execution.run(notebook, parameters, sessionOptions, QuietObserver())
        let shownAgain = shown?.record(from: repetition, of: notebook) ?? repetition
        let areEqual = html(report, shownRecord) == html(again, shownAgain)
        if Interruption.isRaised { return }
        result.takeRepetition(
          of: notebook, Trace(record).differences(from: Trace(repetition), in: notebook, .exact),
          areEqual: areEqual)
      }
    }
    if !options.quiet, !options.json {
      for exercise in result.open { Terminal.complain(exercise.description) }
    }
    for diagnostic in result.diagnostics { Terminal.complain(diagnostic.description) }
  }
}

extension NotebookRun {
  /// What the page carries to be verified.
  private func carried(by report: HTMLReport, _ record: RunRecord) -> PageRecord {
    report.pageRecord(
      of: record,
      under: .init(
        reseed: options.cells.reseed, keepsGoing: options.keepGoing, variant: output?.variant?.rawValue),
      by: workshop.making, options: ReportOptions(showsTimings: output?.timings ?? false), links: links,
      contents: contents?.map(\.entry))
  }

  private func html(_ report: HTMLReport, _ record: RunRecord) -> String {
    let carried = carried(by: report, record)
    return contents.map { report.html(for: record, contents: $0, carrying: carried) }
      ?? report.html(for: record, links: links, carrying: carried)
  }

  private func observer(of notebook: Notebook) -> any RunObserver {
    if options.json { return JSONLines(notebook) }
    if options.quiet { return QuietObserver() }
    return Terminal.isInteractive ? TerminalObserver(notebook) : PlainObserver(notebook)
  }
}
