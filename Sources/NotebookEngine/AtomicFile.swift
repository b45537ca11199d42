public import Foundation
import Glibc

/// Files that are there whole or not at all, whatever happens meanwhile.
public enum AtomicFile {
  /// What the system said when a file could not be written.
  public struct Failure: LocalizedError, Sendable {
    public var path: String
    public var reason: String
    public var errorDescription: String? { reason }
  }

  /// Writes beside the destination and renames, so that a reader sees the old bytes or the new ones.
  public static func write(_ data: Data, to file: URL) throws(Failure) {
    let folder = file.deletingLastPathComponent()
    try makeFolder(folder)
    let draft = folder.appending(path: ".\(file.lastPathComponent).\(UUID().uuidString).tmp").path
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(file) }
    var isWritten = data.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
      return true
    }
    // A full disk may show itself only now.
    var code = errno
    if close(descriptor) != 0 {
      code = errno
      isWritten = false
    }
    if isWritten, rename(draft, file.path) == 0 { return }
    if isWritten { code = errno }
    unlink(draft)
    errno = code
    throw failure(file)
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ folder: URL) throws(Failure) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue {
      return
    }
    let parent = folder.deletingLastPathComponent()
    if parent.path != folder.path { try makeFolder(parent) }
    guard mkdir(folder.path, 0o777) == 0 || errno == EEXIST else { throw failure(folder) }
    guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue
    else {
      errno = ENOTDIR
      throw failure(folder)
    }
  }

  private static func failure(_ file: URL) -> Failure {
    Failure(path: file.path, reason: String(cString: strerror(errno)))
  }
}
