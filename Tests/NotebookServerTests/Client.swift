import Foundation
import Glibc

/// A small HTTP client, which sends what it is told to: a browser's would not send a wrong `Host`.
struct Client {
  let port: UInt16

  struct Answer {
    var status: Int
    var headers: [String: String]
    var body: String
  }

  enum Failure: Error {
    case noConnection(Int32)
    case noAnswer
  }

  func get(_ path: String, method: String = "GET", headers: [String: String] = [:]) throws -> Answer {
    let connection = try Connection(port: port)
    try connection.send(request(path, method, headers.merging(["Connection": "close"]) { $1 }))
    var (status, fields) = try connection.readHead()
    let count = Int(fields["content-length"] ?? "") ?? 0
    let body = method == "HEAD" ? [] : try connection.read(count)
    fields["status"] = nil
    status = max(status, 0)
    return Answer(status: status, headers: fields, body: String(decoding: body, as: UTF8.self))
  }

  /// A tab of a page; nil where the server refuses one.
  func follow(_ path: String, headers: [String: String] = [:]) throws -> Tab? {
    let connection = try Connection(port: port)
    let upgrade = [
      "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": Data((0..<16).map { _ in UInt8.random(in: 0...255) }).base64EncodedString(),
    ]
    try connection.send(request(path, "GET", headers.merging(upgrade) { $1 }))
    return try connection.readHead().status == 101 ? Tab(connection) : nil
  }

  private func request(_ path: String, _ method: String, _ headers: [String: String]) -> [UInt8] {
    let all = ["Host": "127.0.0.1:\(port)"].merging(headers) { $1 }
    let lines = ["\(method) \(path) HTTP/1.1"] + all.map { "\($0): \($1)" }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}

/// A socket to the server.
final class Connection {
  private let descriptor: Int32
  private var received: [UInt8] = []

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Client.Failure.noConnection(errno) }
    // A server that does not answer fails the test rather than hangs it.
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) throws {
    guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw Client.Failure.noAnswer
    }
  }

  func read(_ count: Int) throws -> [UInt8] {
    while received.count < count { try receive() }
    defer { received.removeFirst(count) }
    return Array(received.prefix(count))
  }

  func readHead() throws -> (status: Int, headers: [String: String]) {
    let end = Array("\r\n\r\n".utf8)
    while received.firstRange(of: end) == nil { try receive() }
    let head = String(decoding: received[..<received.firstRange(of: end)!.lowerBound], as: UTF8.self)
    received.removeFirst(head.utf8.count + end.count)
    let lines = head.components(separatedBy: "\r\n")
    let fields = lines.dropFirst().map { $0.split(separator: ":", maxSplits: 1).map(String.init) }
    let headers = Dictionary(
      fields.map { ($0[0].lowercased(), $0.count > 1 ? $0[1].trimmingCharacters(in: .whitespaces) : "") }
    ) { $1 }
    return (Int(lines[0].split(separator: " ")[1]) ?? 0, headers)
  }

  private func receive() throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { throw Client.Failure.noAnswer }
    received += chunk.prefix(count)
  }
}

/// What a tab knows: the page put together from its pieces, and the newest state.
final class Tab {
  struct Message: Decodable {
    struct Page: Decodable {
      var version: Int
      var title: String
      var style: Int
      var body: [Int]
      var texts: [Int: String]
    }
    struct Live: Decodable {
      struct Cell: Decodable, Equatable {
        var anchor: String
        var state: String
        var fraction: Double?
        var message: String?
      }
      struct Problem: Decodable {
        var severity: String
        var place: String
        var message: String
      }
      var activity: String
      var cells: [Cell]
      var problems: [Problem]
      var snapshots: Int
    }
    var page: Page?
    var live: Live?
  }

  private let connection: Connection
  private var pieces: [Int: String] = [:]
  private(set) var page = ""
  private(set) var live: Message.Live?
  /// Every state of each cell, in order.
  private(set) var history: [[String]] = []

  init(_ connection: Connection) { self.connection = connection }

  func send(_ command: String) throws {
    let payload = Array(command.utf8)
    let mask: [UInt8] = [1, 2, 3, 4]
    let masked = payload.enumerated().map { $1 ^ mask[$0 % 4] }
    try connection.send([0x81, 0x80 | UInt8(payload.count)] + mask + masked)
  }

  /// Reads messages until this holds.
  @discardableResult
  func wait(until condition: (Tab) -> Bool) throws -> Tab {
    repeat { try take(next()) } while !condition(self)
    return self
  }

  /// Until all that is to run has run, and the page shows this.
  @discardableResult
  func wait(for text: String) throws -> Tab {
    try wait { $0.page.contains(text) && $0.live?.activity == "idle" }
  }

  func state(of anchor: String) -> String? { live?.cells.first { $0.anchor == anchor }?.state }

  private func next() throws -> Message {
    let head = try connection.read(2)
    var count = Int(head[1] & 0x7F)
    if count >= 126 {
      count = try connection.read(count == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
    }
    let payload = try connection.read(count)
    guard head[0] == 0x81 else { throw Client.Failure.noAnswer }
    return try JSONDecoder().decode(Message.self, from: Data(payload))
  }

  private func take(_ message: Message) {
    if let page = message.page {
      pieces.merge(page.texts) { $1 }
      self.page = page.body.map { pieces[$0]! }.joined()
    }
    if let live = message.live {
      self.live = live
      history.append(live.cells.map(\.state))
    }
  }
}
