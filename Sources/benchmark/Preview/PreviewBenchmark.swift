import ArgumentParser
import Foundation
import Glibc

/// From the save of an edited last cell to its new page, ten seconds of training before it.
struct PreviewBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Edit the last cell under the live preview, beside marimo and nbconvert.",
    discussion: """
      The time is that until a tab has been told of the new output; marimo's live preview is told by its own \
      kernel in the same way, nbconvert runs all cells again. Build the runner first: swift build --product \
      notebook.
      """)

  @OptionGroup var options: BenchmarkOptions

  @Option(help: "The runner's program, instead of the one that 'swift run notebook' builds.")
  var runner: String?

  func run() throws {
    try measured { folder throws(MeasuringError) in
      let ours = try FlowbookDesk(Runner(named: runner, folder: folder), folder: folder)
      var desks: [any EditedDesk] = [ours]
      if let marimo = try MarimoDesk(folder: folder) { desks.append(marimo) }
      if let nbconvert = try NbconvertDesk(folder: folder) { desks.append(nbconvert) }
      var seconds = desks.map { _ in [Double]() }
      for _ in 0..<options.runs {
        for (index, desk) in desks.enumerated() { seconds[index].append(try desk.edit()) }
      }
      ours.close()
      print("\nFrom the save of the last cell to its new page, after a training cell of ten seconds")
      print("  " + rightPadded("", to: 26) + "     median        min        max  times ours")
      for (desk, own) in zip(desks, seconds) {
        let spread = Spread(own)
        let columns = [spread.median, spread.least, spread.greatest].map { leftPadded(duration($0), to: 11) }
        let ratio = Spread(zip(own, seconds[0]).map { $0 / $1 }).median
        print(
          "  \(rightPadded(desk.name, to: 26))\(columns.joined())\(leftPadded(decimal(ratio, 2), to: 12))")
      }
    }
  }
}

/// Something in which the last cell of the notebook can be edited, all before it having run.
private protocol EditedDesk: AnyObject {
  var name: String { get }
  /// - Returns: the seconds from the save to the new output.
  func edit() throws(MeasuringError) -> Double
}

private final class FlowbookDesk: EditedDesk {
  let name = "Flowbook"
  private let file: URL
  private var server: RunningProcess?
  private let tab: LiveTab
  private var edits = 0

  init(_ runner: Runner, folder: URL) throws(MeasuringError) {
    file = folder.appending(path: "preview.md")
    try write(PackageResources.preview_md, to: file)
    var server = try RunningProcess(
      ChildProcess(
        runner.program, ["serve", file.path, "--port", "0", "--quiet"], in: folder,
        with: ["FLOWBOOK_CACHE": "cache"]))
    guard let address = server.readLine() else { throw MeasuringError("'notebook serve' did not start") }
    self.server = consume server
    tab = try LiveTab(address)
    try tab.wait(for: "edit 0 true")
  }

  func edit() throws(MeasuringError) -> Double {
    edits += 1
    // A literal that no earlier run, of this or another day, has compiled.
    let marker = "edit \(edits) \(UInt32.random(in: 0 ... .max))"
    let text = String(decoding: PackageResources.preview_md, as: UTF8.self)
    let draft = file.deletingLastPathComponent().appending(path: ".draft")
    try write(Array(text.replacing("edit 0", with: marker).utf8), to: draft)
    let start = ContinuousClock.now
    rename(draft.path, file.path)
    // In the code a quotation mark follows the marker.
    try tab.wait(for: "\(marker) true")
    return (ContinuousClock.now - start) / .seconds(1)
  }

  func close() {
    guard let server = server.take() else { return }
    server.interrupt()
    _ = server.wait()
  }
}

/// marimo's own live preview; the tab is a program, as ours is.
private final class MarimoDesk: EditedDesk {
  let name: String
  private var worker: RunningProcess

  /// Nil where it is not installed.
  init?(folder: URL) throws(MeasuringError) {
    guard let version = try Python.version(of: ["marimo", "websockets", "numpy"]) else {
      print("marimo: left out, as python3 lacks marimo, websockets or numpy")
      return nil
    }
    name = "marimo \(version)"
    let source = folder.appending(path: "preview.py")
    try write(PackageResources.preview_py, to: source)
    let script = folder.appending(path: "marimo_edit.py")
    try write(PackageResources.marimo_edit_py, to: script)
    worker = try RunningProcess(ChildProcess(Python.program, [script.path, folder.path, source.path]))
  }

  func edit() throws(MeasuringError) -> Double {
    guard worker.writeLine("edit"), let line = worker.readLine(), let seconds = Double(line) else {
      throw MeasuringError("marimo's live preview does not answer")
    }
    return seconds
  }
}

private final class NbconvertDesk: EditedDesk {
  let name: String
  private let folder: URL

  /// Nil where it is not installed.
  init?(folder: URL) throws(MeasuringError) {
    guard let version = try Python.version(of: ["nbconvert", "ipykernel", "numpy"]) else {
      print("jupyter nbconvert: left out, as python3 lacks nbconvert, ipykernel or numpy")
      return nil
    }
    name = "jupyter nbconvert \(version)"
    self.folder = folder
    let notebook = try JupyterNotebook.json(of: PackageResources.preview_py)
    try write(Array(notebook.utf8), to: folder.appending(path: "preview.ipynb"))
  }

  func edit() throws(MeasuringError) -> Double {
    try ChildProcess(
      Python.program,
      ["-m", "nbconvert", "--execute", "--to", "html", "--log-level", "ERROR", "preview.ipynb"], in: folder
    ).run().seconds
  }
}
