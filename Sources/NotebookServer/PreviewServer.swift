import FlyingFox
import FlyingSocks
import Foundation
import NotebookModel
import Synchronization

/// Serves a folder of notebooks to browsers of this machine, each page following its file.
public final class PreviewServer: Sendable {
  /// Where the server listens unless it is told otherwise.
  public static let usualPort: UInt16 = 8350

  private let folder: NotebookFolder
  private let token: AccessToken
  private let settings: PreviewSettings
  private let snapshotMemory: Int
  private let index: FolderIndex
  private let state = Mutex(State())

  private struct State {
    var server: HTTPServer?
    var task: Task<Void, any Error>?
    var watch: FolderWatch?
    var previews: [String: Preview] = [:]
    var isClosed = false
  }

  /// - Parameter snapshotMemory: bytes that the snapshots of all notebooks may take together.
  public init(folder: NotebookFolder, token: AccessToken, settings: PreviewSettings, snapshotMemory: Int) {
    self.folder = folder
    self.token = token
    self.settings = settings
    self.snapshotMemory = snapshotMemory
    index = FolderIndex(folder: folder)
  }

  /// Starts to listen and to watch.
  ///
  /// - Parameter port: nil: the usual one or, where it is taken, the next that is free.
  /// - Returns: the port, and the address of the index.
  /// - Throws: where the port is taken, or the folder cannot be watched.
  public func start(port: UInt16?) async throws(ServerError) -> (port: UInt16, address: String) {
    let candidates = port.map { $0...$0 } ?? Self.usualPort...(Self.usualPort + 200)
    for candidate in candidates {
      guard try await listen(on: candidate) else { continue }
      let watch = try FolderWatch(folder: folder.path) { [weak self] names in self?.look(at: names) }
      state.withLock { $0.watch = watch }
      return (candidate, "http://127.0.0.1:\(candidate)/\(token.text)/")
    }
    throw ServerError(
      "port \(candidates.lowerBound) is in use, perhaps by another 'notebook serve'",
      hint: "'--port 0' takes the next free one", kind: .portInUse)
  }

  /// Ends connections, kernels and snapshots; returns when nothing is left.
  public func stop() async {
    let (server, task, watch, previews) = state.withLock { state in
      state.isClosed = true
      defer { state = State(isClosed: true) }
      return (state.server, state.task, state.watch, Array(state.previews.values))
    }
    watch?.close()
    await withTaskGroup(of: Void.self) { group in
      for preview in previews { group.addTask { preview.close() } }
    }
    index.broadcast.close()
    await server?.stop(timeout: 0.2)
    _ = await task?.result
  }

  // MARK: Listening

  /// False where the port is taken.
  private func listen(on port: UInt16) async throws(ServerError) -> Bool {
    let doorkeeper = Doorkeeper(port: port, token: token)
    guard let address = try? sockaddr_in.inet(ip4: "127.0.0.1", port: port) else {
      throw ServerError("127.0.0.1 is no address here")
    }
    let server = HTTPServer(address: address, timeout: 60, logger: .disabled)
    await server.appendRoute("*") { [weak self] request in
      await self?.answer(request, doorkeeper) ?? HTTPResponse(statusCode: .serviceUnavailable)
    }
    let task = Task { try await server.run() }
    // It listens, or it has ended; not in a task group, which would wait for both.
    let (outcomes, report) = AsyncStream.makeStream(of: Result<Void, any Error>.self)
    Task { report.yield(await task.result) }
    Task {
      do {
        try await server.waitUntilListening(timeout: 20)
        report.yield(.success(()))
      } catch { report.yield(.failure(error)) }
    }
    var outcome: Result<Void, any Error> = .failure(CancellationError())
    for await first in outcomes {
      outcome = first
      break
    }
    do {
      try outcome.get()
      state.withLock {
        $0.server = server
        $0.task = task
      }
      return true
    } catch SocketError.failed(_, let code, _) where code == EADDRINUSE {
      return false
    } catch {
      throw ServerError("port \(port) cannot be listened on: \(error.localizedDescription)")
    }
  }

  // MARK: Answers

  private func answer(_ request: HTTPRequest, _ doorkeeper: Doorkeeper) async -> HTTPResponse {
    var response: HTTPResponse
    do throws(Doorkeeper.Refusal) {
      response = await respond(to: try doorkeeper.admit(request), request)
    } catch {
      response = HTTPResponse.refusal(error)
    }
    for (name, value) in HTTPResponse.safety { response.headers[HTTPHeader(name)] = value }
    return response
  }

  private func respond(to path: [String], _ request: HTTPRequest) async -> HTTPResponse {
    guard let last = path.first, path.count == 1 else {
      // Links are relative to the token's folder.
      if path.isEmpty { return HTTPResponse.redirect(to: "/\(token.text)/") }
      return await besides(path)
    }
    if last.isEmpty { return await follow(index.broadcast, request) { _ in } }
    guard last.hasSuffix(".html"), let preview = preview(named: String(last.dropLast(5))) else {
      return HTTPResponse.refusal(.notFound)
    }
    return await follow(preview.broadcast, request) { preview.obey($0) }
  }

  /// Two notebooks in one window.
  private func besides(_ path: [String]) async -> HTTPResponse {
    guard path.count == 3, path[0] == "beside" else { return HTTPResponse.refusal(.notFound) }
    let names = path.dropFirst().compactMap { $0.hasSuffix(".html") ? String($0.dropLast(5)) : nil }
    guard names.count == 2, names.allSatisfy({ folder.notebook(named: $0) != nil }) else {
      return HTTPResponse.refusal(.notFound)
    }
    return HTTPResponse.page(LivePages.beside(names[0], names[1]))
  }

  /// The page, or the socket by which it is followed.
  private func follow(
    _ broadcast: Broadcast, _ request: HTTPRequest, obey: @escaping @Sendable (TabCommand) -> Void
  ) async -> HTTPResponse {
    if request.headers[HTTPHeader.upgrade]?.lowercased() == "websocket" {
      let handler = WebSocketHTTPHandler(handler: TabSocket(feed: broadcast.open(), obey: obey))
      return (try? await handler.handleRequest(request)) ?? HTTPResponse(statusCode: .badRequest)
    }
    guard let page = await broadcast.page() else { return HTTPResponse(statusCode: .serviceUnavailable) }
    return HTTPResponse.page(LivePages.html(page.page))
  }

  // MARK: Notebooks

  private func preview(named name: String) -> Preview? {
    guard let path = folder.notebook(named: name) else { return nil }
    return state.withLock { state in
      if let known = state.previews[name] { return known }
      // One that was never there is none; one that has gone may come back.
      guard !state.isClosed, FileManager.default.fileExists(atPath: path) else { return nil }
      let preview = Preview(path: path, settings: settings) { [weak self] in self?.snapshotShare ?? 0 }
      state.previews[name] = preview
      return preview
    }
  }

  private var snapshotShare: Int { snapshotMemory / max(1, state.withLock { $0.previews.count }) }

  /// - Parameter files: nil: any may have changed.
  private func look(at files: Set<String>?) {
    let previews = state.withLock { $0.previews }
    for (name, preview) in previews {
      if files?.contains("\(name).md") != false { preview.look() }
      for file in files ?? [] where !NotebookFolder.isNotebook(file) { preview.look(at: file) }
    }
    if files?.contains(where: NotebookFolder.isNotebook) != false { index.look() }
  }
}

extension HTTPResponse {
  fileprivate static let safety = [
    ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "SAMEORIGIN"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
  ]

  fileprivate static func page(_ html: String) -> HTTPResponse {
    HTTPResponse(
      statusCode: .ok, headers: HTTPHeaders([HTTPHeader.contentType: "text/html; charset=utf-8"]),
      body: Data(html.utf8))
  }

  fileprivate static func redirect(to path: String) -> HTTPResponse {
    HTTPResponse(statusCode: .temporaryRedirect, headers: HTTPHeaders([HTTPHeader.location: path]))
  }

  fileprivate static func refusal(_ refusal: Doorkeeper.Refusal) -> HTTPResponse {
    let (code, words): (HTTPStatusCode, String) =
      switch refusal {
      case .foreign: (.forbidden, "This address is for pages of this server alone.")
      case .notFound:
        (.notFound, "There is nothing here. The address that 'notebook serve' printed leads in.")
      case .method: (.methodNotAllowed, "Pages can be read here, and nothing else.")
      }
    return HTTPResponse(
      statusCode: code, headers: HTTPHeaders([HTTPHeader.contentType: "text/plain; charset=utf-8"]),
      body: Data("\(words)\n".utf8))
  }
}

extension PreviewServer {
  /// A notebook's page, relative to the address of the index.
  public static func page(ofNotebook name: String) -> String { "\(LivePages.percentEncoded(name)).html" }
}
