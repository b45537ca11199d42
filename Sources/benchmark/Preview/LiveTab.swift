import Foundation
import Glibc

/// A tab of the live preview, without a browser: it reads the messages that a browser would.
final class LiveTab {
  private let descriptor: Int32
  private var received: [UInt8] = []

  /// - Parameter address: as `notebook serve` prints it.
  init(_ address: String) throws(MeasuringError) {
    guard let url = URL(string: address), let port = url.port else {
      throw MeasuringError("'notebook serve' printed no address: \(address)")
    }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var socketAddress = sockaddr_in()
    socketAddress.sin_family = sa_family_t(AF_INET)
    socketAddress.sin_port = UInt16(port).bigEndian
    socketAddress.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &socketAddress) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw MeasuringError("\(address) does not answer") }
    let lines = [
      "GET \(url.path) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Upgrade: websocket", "Connection: Upgrade",
      "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: \(Data(count: 16).base64EncodedString())",
    ]
    let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    guard write(descriptor, request, request.count) == request.count else {
      throw MeasuringError("\(address) does not listen")
    }
    let end = Array("\r\n\r\n".utf8)
    while received.firstRange(of: end) == nil { try receive() }
    received.removeFirst(received.firstRange(of: end)!.upperBound)
  }

  deinit { close(descriptor) }

  /// Reads messages until one has this text in it.
  func wait(for text: String) throws(MeasuringError) {
    let wanted = Array(text.utf8)
    while try message().firstRange(of: wanted) == nil {}
  }

  private func message() throws(MeasuringError) -> [UInt8] {
    let head = try read(2)
    var count = Int(head[1] & 0x7F)
    if count >= 126 {
      count = try read(count == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
    }
    return try read(count)
  }

  private func read(_ count: Int) throws(MeasuringError) -> [UInt8] {
    while received.count < count { try receive() }
    defer { received.removeFirst(count) }
    return Array(received.prefix(count))
  }

  private func receive() throws(MeasuringError) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    guard count > 0 else { throw MeasuringError("'notebook serve' hung up") }
    received += chunk.prefix(count)
  }
}
