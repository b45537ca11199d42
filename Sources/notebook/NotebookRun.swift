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
    let session = try Session(toolchain: workshop.toolchain, build: workshop.build, cache: Places.cells)
    defer { session.close() }
    Interruption.watch(session)
    defer { Interruption.watch(nil) }

    var sessionOptions = options.cells.sessionOptions(for: notebook)
    sessionOptions.keepsGoing = options.keepGoing

    let shown = try output?.variant.map { variant throws(NotebookErrors) in try notebook.variant(variant) }
    // Formulas are set while cells compile; a mistake in one ends the run.
    let preparation = Preparation(shown ?? notebook, interrupting: session.interruptDescriptor)
    let observer = observer(of: notebook)
    let record = try session.run(notebook, parameters: parameters, options: sessionOptions) {
      observer.observe($0)
    }
    observer.finish()
    let report = try preparation.report()
    for warning in report.warnings { Terminal.complain(warning.description) }
    let shownRecord = shown?.record(from: record, of: notebook) ?? record
    if let files, let output {
      let handout = Handout(
        report: report, record: shownRecord, output: output, files: files, links: links, contents: contents,
        chromium: chromium)
      try handout.write()
      if links.contents != nil {
        result.chapter = report.chapter(for: shownRecord, page: files.page.lastPathComponent)
      }
    }
    result.take(notebook, record, isStrict: options.strict)
    if !options.quiet, !options.json {
      for exercise in result.open { Terminal.complain(exercise.description) }
    }
    for diagnostic in result.diagnostics { Terminal.complain(diagnostic.description) }
  }
}

extension NotebookRun {
  private func observer(of notebook: Notebook) -> any RunObserver {
    if options.json { return JSONLines(notebook) }
    if options.quiet { return QuietObserver() }
    return Terminal.isInteractive ? TerminalObserver(notebook) : PlainObserver(notebook)
  }
}

/// Makes the page's frame in a thread of its own.
private final class Preparation: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var result: Result<HTMLReport, NotebookErrors>?

  init(_ notebook: Notebook, interrupting descriptor: Int32) {
    let thread = Thread { [self] in
      result = Result { () throws(NotebookErrors) in
        try HTMLReport(notebook, cacheFolder: Places.report.path)
      }
      if case .failure = result { Session.interrupt(descriptor) }
      done.signal()
    }
    // KaTeX recurses in Duktape, on the C stack.
    thread.stackSize = 16 << 20
    thread.start()
  }

  func report() throws(NotebookErrors) -> HTMLReport {
    done.wait()
    return try result!.get()
  }
}
