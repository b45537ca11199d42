import ArgumentParser
import Foundation
import NotebookEngine
import NotebookModel
import NotebookServer

/// The live preview. Ctrl-C is its ordinary end, with status 0.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show notebooks in the browser while they are written; each save runs what has changed.",
    discussion: """
      Write in any editor; on save the page follows. Cells run on the state before the first changed one, so \
      that what was computed above it is not computed again. Only this machine's browsers reach the server, \
      under the address that is printed. Ctrl-C ends it and all that it runs.
      """)

  @Argument(
    help: "A notebook (.md), or a folder of them.", completion: .file(extensions: ["md"]))
  var path: String = "Notebooks"

  @Option(help: "The port to listen on; 0: the next free one.")
  var port: UInt16 = PreviewServer.usualPort

  @Flag(help: "Open the page in the browser.")
  var open = false

  @Option(help: "Memory that the states before cells, kept for edits, may take: 512M, 8G.")
  var keepSnapshots: MemorySize = MemorySize(bytes: 2 << 30)

  @OptionGroup(title: "What cells get") var cells: CellRunOptions

  @Flag(help: "Say nothing but the address and what is wrong.")
  var quiet = false

  func run() throws {
    let (folder, page) = try place()
    Interruption.install()
    let workshop: Workshop
    switch Workshop.prepare(isQuiet: quiet) {
    case .failure(let error):
      Terminal.complain("notebook: error: \(error)")
      throw (Interruption.isRaised ? ExitStatus.interrupted : .unavailable).code
    case .success(let prepared): workshop = prepared
    }
    let server = PreviewServer(
      folder: folder, token: .kept(in: Places.token), settings: settings(workshop),
      snapshotMemory: Int(clamping: keepSnapshots.bytes))
    do {
      let address = try Waiting.result { try await server.start(port: port == 0 ? nil : port).address } + page
      Terminal.say(address)
      if !quiet { Terminal.complain("notebook: \(path) is followed; Ctrl-C ends this") }
      if open { openBrowser(address) }
      Interruption.wait()
    } catch {
      Terminal.complain("notebook: error: \(error)")
      throw ExitStatus.unavailable.code
    }
    Waiting.result { await server.stop() }
    CellCache.prune(Places.cells)
    if Terminal.isInteractive { Terminal.complain("") }
  }

  /// The folder to serve, and the page in it to begin with.
  private func place() throws -> (NotebookFolder, page: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      Terminal.complain(
        "\(path): error: there is no such file or folder; `notebook new NAME` makes a notebook")
      throw ExitStatus.unreadable.code
    }
    if isFolder.boolValue { return (NotebookFolder(path: path), "") }
    guard path.hasSuffix(".md") else {
      Terminal.complain("\(path): error: this is no notebook (.md)")
      throw ExitStatus.unreadable.code
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let isAtRoot = folder.isEmpty && path.hasPrefix("/")
    let name = PreviewServer.page(ofNotebook: String(parts.last!.dropLast(3)))
    return (NotebookFolder(path: isAtRoot ? "/" : folder.isEmpty ? "." : folder), name)
  }

  private func settings(_ workshop: Workshop) -> PreviewSettings {
    let (cells, isQuiet) = (cells, quiet)
    return PreviewSettings(
      toolchain: workshop.toolchain, build: workshop.build, cellCache: Places.cells, pageCache: Places.report,
      parameters: cells.parameters, options: { cells.sessionOptions(for: $0) },
      didRun: { notebook, record, run in
        var result = BatchResult(path: notebook.path)
        result.take(notebook, record, isStrict: false)
        for diagnostic in result.diagnostics { Terminal.complain(diagnostic.description) }
        if !isQuiet { Terminal.complain(run.line(result)) }
      },
      didFail: { for diagnostic in $0 { Terminal.complain(diagnostic.description) } })
  }

  private func openBrowser(_ address: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["xdg-open", address]
    process.standardError = FileHandle.nullDevice
    process.terminationHandler = { process in
      if process.terminationStatus != 0 {
        Terminal.complain("notebook: no browser could be opened ('xdg-open'); open the address yourself")
      }
    }
    do { try process.run() } catch {
      Terminal.complain("notebook: no browser could be opened: \(error.localizedDescription)")
    }
  }
}

extension PreviewRun {
  /// "Notebooks/02_score.md: 1 cell ran; 12 equations verified; 0.23 s; 9 snapshots, 45 MiB"
  fileprivate func line(_ result: BatchResult) -> String {
    var parts = ["\(count(executed, "cell")) ran"]
    if result.failures > 0 { parts.append("\(result.failures) failed") }
    if let summary = result.coverage?.summary, !summary.isEmpty { parts.append(summary) }
    parts.append(duration(seconds))
    if snapshots.count > 0 {
      parts.append("\(count(snapshots.count, "snapshot")), \(snapshots.bytes >> 20) MiB")
    }
    return "\(result.path): \(parts.joined(separator: "; "))"
  }
}

/// Waits in a plain thread for what is done asynchronously.
private enum Waiting {
  static func result<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Value, any Error>?
    Task.detached {
      do { result = .success(try await body()) } catch { result = .failure(error) }
      done.signal()
    }
    done.wait()
    return try result!.get()
  }

  static func result(_ body: @escaping @Sendable () async -> Void) {
    try? result { () async throws -> Void in await body() }
  }
}
