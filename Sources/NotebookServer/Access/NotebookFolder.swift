import Foundation
import Glibc

/// The folder that is served: the notebooks right in it, and nothing else.
public struct NotebookFolder: Sendable {
  /// As the user gave it.
  public let path: String
  private let root: String

  public init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    root = Self.realPath(path) ?? path
  }

  /// The names of the notebooks, without `.md`, in order.
  var notebooks: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { Self.isNotebook($0) && isInside($0) }.map { String($0.dropLast(3)) }.sorted()
  }

  /// The path of a notebook as messages quote it; nil where the name leads out of the folder.
  func notebook(named name: String) -> String? {
    let file = "\(name).md"
    guard !name.contains("/"), !name.contains("\0"), Self.isNotebook(file) else { return nil }
    return isInside(file) ? self.file(file) : nil
  }

  /// The path of a file as messages quote it.
  func file(_ name: String) -> String { path == "." ? name : "\(path)/\(name)" }

  static func isNotebook(_ file: String) -> Bool {
    file.hasSuffix(".md") && !file.hasPrefix(".") && file != "README.md"
  }

  /// A link may lead out of the folder. What is not there at the moment is not outside.
  private func isInside(_ file: String) -> Bool {
    guard let real = Self.realPath("\(path)/\(file)") else { return errno == ENOENT }
    return real.hasPrefix(root.hasSuffix("/") ? root : root + "/")
  }

  private static func realPath(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
