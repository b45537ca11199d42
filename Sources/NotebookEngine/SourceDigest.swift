import Digests
public import Foundation

/// Which sources of this package a program was built from.
public enum SourceDigest {
  /// SHA-256 of the names and contents of all files of some rooms, and of the package's manifest, which pins
  /// what they are built with. The same wherever the package lies.
  public static func of(_ rooms: [String], root: URL) -> String {
    var hash = SHA256()
    hash.add([UInt8]((try? Data(contentsOf: root.appending(path: "Package.swift"))) ?? Data()))
    for room in rooms {
      let folder = root.appending(path: "Sources/\(room)")
      let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
      for file in files.sorted() {
        guard let content = FileManager.default.contents(atPath: folder.appending(path: file).path) else {
          continue
        }
        hash.add("\(room)/\(file) \(content.count)")
        hash.add([UInt8](content))
      }
    }
    return hash.hexadecimal()
  }
}
