import Foundation
import Testing

@testable import NotebookServer

@Suite struct AccessTests {
  private let file = URL(filePath: NSTemporaryDirectory()).appending(
    path: "flowbook-\(UUID().uuidString)/token")

  @Test func theTokenIsKeptForItsOwnerAlone() throws {
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    let token = AccessToken.kept(in: file)
    #expect(token.text.count == 32)
    #expect(AccessToken.kept(in: file) == token)
    var status = stat()
    #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(AccessToken() != AccessToken())
  }

  @Test(arguments: ["", "short", String(repeating: "g", count: 32)]) func whatIsNoTokenIsReplaced(
    text: String
  ) throws {
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    _ = AccessToken.kept(in: file)
    try Data(text.utf8).write(to: file)
    #expect(AccessToken.kept(in: file).text.count == 32 && AccessToken.kept(in: file).text != text)
  }

  @Test func aTokenThatOthersCouldReadIsReplaced() throws {
    defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
    let token = AccessToken.kept(in: file)
    chmod(file.path, 0o644)
    #expect(AccessToken.kept(in: file) != token)
  }

  private struct Visit {
    var host = "127.0.0.1"
    /// Without the port; nil: none is sent.
    var origin: String?
    var path = "a.html"
    var status: Int
  }

  private static let visits = [
    Visit(path: "", status: 200), Visit(host: "localhost", path: "", status: 200),
    Visit(host: "LOCALHOST", path: "", status: 200), Visit(origin: "http://127.0.0.1", status: 200),
    Visit(host: "localhost", origin: "http://localhost", status: 200),
    Visit(path: "beside/a.html/a.html", status: 200),
    Visit(host: "evil.example", status: 403), Visit(host: "127.0.0.1.evil.example", status: 403),
    Visit(origin: "http://evil.example", status: 403), Visit(origin: "null", status: 403),
    Visit(origin: "https://127.0.0.1", status: 403),
    Visit(origin: "http://127.0.0.1.evil.example", status: 403),
    Visit(path: "b.html", status: 404), Visit(path: "a.md", status: 404), Visit(path: "a", status: 404),
    Visit(path: "secret.html", status: 404), Visit(path: "../secret.html", status: 404),
    Visit(path: "%2e%2e/secret.html", status: 404), Visit(path: "..%2Fsecret.html", status: 404),
    Visit(path: "/etc/passwd", status: 404), Visit(path: "link.html", status: 404),
    Visit(path: ".hidden.html", status: 404), Visit(path: "a.html%00.html", status: 404),
    Visit(path: ".cache/serve-token", status: 404), Visit(path: "beside/a.html/link.html", status: 404),
    Visit(path: "beside/a.html/..%2Fsecret.html", status: 404),
  ]

  @Test func doors() throws {
    let base = try Desk.newFolder()
    defer { try? FileManager.default.removeItem(at: base) }
    let folder = base.appending(path: "served")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("# A\n".utf8).write(to: folder.appending(path: "a.md"))
    try Data("# Secret\n".utf8).write(to: base.appending(path: "secret.md"))
    try Data("# Hidden\n".utf8).write(to: folder.appending(path: ".hidden.md"))
    symlink("../secret.md", folder.appending(path: "link.md").path)
    let desk = try Desk(folder: folder)
    defer { desk.stop() }
    for visit in Self.visits {
      var headers = ["Host": "\(visit.host):\(desk.port)"]
      if let origin = visit.origin {
        headers["Origin"] = origin == "null" ? origin : "\(origin):\(desk.port)"
      }
      let answer = try desk.client.get(desk.path(visit.path), headers: headers)
      #expect(answer.status == visit.status, "\(visit) \(answer)")
      #expect(!answer.body.contains("Secret") && !answer.body.contains("Hidden"), "\(visit)")
      guard visit.path == "a.html" else { continue }
      let tab = try desk.client.follow(desk.path(visit.path), headers: headers)
      #expect((tab != nil) == (visit.status == 200), "the socket has the same doors: \(visit)")
    }
  }

  @Test func theTokenIsNeeded() throws {
    try withDesk(["a": "# A\n"]) { desk in
      let wrong = AccessToken().text
      for path in ["/", "/a.html", "/\(wrong)/a.html", "/\(desk.token.dropLast())/", "//a.html"] {
        #expect(try desk.client.get(path).status == 404)
        #expect(try desk.client.follow(path) == nil)
      }
      #expect(try desk.client.get(desk.path("a.html"), method: "POST").status == 405)
      let page = try desk.client.get(desk.path("a.html"))
      #expect(page.headers["referrer-policy"] == "no-referrer", "links do not carry the token away")
      #expect(page.headers["x-frame-options"] == "SAMEORIGIN")
    }
  }
}
