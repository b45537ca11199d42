import Foundation
import NotebookEngine
import NotebookModel
import NotebookReport

/// Runs a notebook in a session of its own, while its page is prepared.
struct NotebookExecution {
  let workshop: Workshop
  /// The notebook as a variant shows it, where its page is one's.
  var shown: Notebook?
  /// Compiled cells, and formulas that are set.
  var cells = Places.cells
  var formulas = Places.report
  /// Images of the prose that are not read from files.
  var images: [String: [UInt8]] = [:]

  /// - Throws: what is wrong with the notebook's formulas and images, or with the machine.
  func run(
    _ notebook: Notebook, _ parameters: [Parameter], _ options: Session.Options, _ observer: any RunObserver
  ) throws -> (HTMLReport, RunRecord) {
    let session = try Session(toolchain: workshop.toolchain, build: workshop.build, cache: cells)
    defer { session.close() }
    Interruption.watch(session)
    defer { Interruption.watch(nil) }
    // Formulas are set while cells compile; a mistake in one ends the run.
    let preparation = Preparation(
      shown ?? notebook, cache: formulas, images: images, interrupting: session.interruptDescriptor)
    let record = try session.run(notebook, parameters: parameters, options: options) { observer.observe($0) }
    observer.finish()
    return (try preparation.report(), record)
  }

  /// Hands over an execution as on a machine that has never seen the notebook: its cells are compiled and its
  /// formulas set anew.
  func withNothingKept(_ body: (NotebookExecution) throws -> Void) rethrows {
    let folder = FileManager.default.temporaryDirectory.appending(path: "flowbook-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var execution = self
    execution.cells = folder.appending(path: "cells")
    execution.formulas = folder.appending(path: "report")
    try body(execution)
  }
}

/// Makes the page's frame in a thread of its own.
private final class Preparation: @unchecked Sendable {
  private let done = DispatchSemaphore(value: 0)
  private var result: Result<HTMLReport, NotebookErrors>?

  init(
    _ notebook: Notebook, cache: URL, images: [String: [UInt8]], interrupting descriptor: Int32
  ) {
    let thread = Thread { [self] in
      result = Result { () throws(NotebookErrors) in
        try HTMLReport(notebook, cacheFolder: cache.path, images: images)
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
