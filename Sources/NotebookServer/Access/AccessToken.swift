public import Foundation
import Glibc

/// What an address must contain, so that no other user and no other page can reach the server.
///
/// 128 random bits, kept in a file that only its owner can read: a tab that is open when the server
/// ends finds the next one under the same address.
public struct AccessToken: Hashable, Sendable {
  public let text: String

  init(text: String) { self.text = text }

  /// A new one.
  public init() {
    var generator = SystemRandomNumberGenerator()
    text = (0..<2).map { _ in
      let digits = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// The token of earlier runs, or a new one, which is then kept.
  ///
  /// A file that others can read is not trusted: its token may be known.
  public static func kept(in file: URL) -> AccessToken {
    if let known = read(file) { return known }
    let token = AccessToken()
    // A folder that cannot be written costs open tabs, nothing else.
    token.write(to: file)
    return token
  }

  /// Compares in a time that does not depend on how much of it is right.
  func matches(_ other: some StringProtocol) -> Bool {
    let (mine, theirs) = (Array(text.utf8), Array(other.utf8))
    guard mine.count == theirs.count else { return false }
    return zip(mine, theirs).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func read(_ file: URL) -> AccessToken? {
    let descriptor = open(file.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0, status.st_uid == getuid() else {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    let text = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    guard text.count == 32, text.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else { return nil }
    return AccessToken(text: text)
  }

  private func write(to file: URL) {
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    unlink(file.path)
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = Glibc.write(descriptor, text, text.utf8.count)
    close(descriptor)
  }
}
