public import Foundation

/// Files that are there whole or not at all, whatever happens meanwhile.
public enum AtomicFile {
  /// Writes beside the destination and renames, so that a reader sees the old bytes or the new ones.
  public static func write(_ data: Data, to file: URL) throws {
    let folder = file.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let draft = folder.appending(path: ".\(file.lastPathComponent).\(UUID().uuidString).tmp")
    do {
      try data.write(to: draft)
      guard rename(draft.path, file.path) == 0 else {
        throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file.path])
      }
    } catch {
      try? FileManager.default.removeItem(at: draft)
      throw error
    }
  }
}
