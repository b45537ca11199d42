import Digests
import Foundation
import NotebookModel

/// The images of the prose as data URLs, by the name under which the prose knows them.
struct ImageStore {
  private var urls: [String: String] = [:]
  /// SHA-256 of each.
  private(set) var digests: [String: String] = [:]

  /// Reads the images that a document names, beside the notebook.
  ///
  /// - Parameter given: images that are not to be read from files.
  /// - Returns: what cannot be embedded, as diagnostics.
  mutating func load(
    _ document: MarkdownNode, of notebook: Notebook, given: [String: [UInt8]] = [:]
  ) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let folder = URL(fileURLWithPath: notebook.path).deletingLastPathComponent()
    for source in Set(Self.sources(in: document)).sorted() where !source.hasPrefix("data:") {
      let place = Self.position(of: source, in: notebook)
      if source.contains("://") || source.hasPrefix("//") {
        diagnostics.append(
          Diagnostic(
            .warning, file: notebook.path, at: place,
            "the image \(source) lies on the network and is only linked",
            hint: "download it and name the file, so that the page needs no network"))
        continue
      }
      let path = URL(fileURLWithPath: source.removingPercentEncoding ?? source, relativeTo: folder).path
      guard let data = given[source].map({ Data($0) }) ?? FileManager.default.contents(atPath: path) else {
        diagnostics.append(
          Diagnostic(
            file: notebook.path, at: place, "there is no image \(source)",
            hint: "its path counts from the notebook's folder"))
        continue
      }
      guard let type = Self.mediaType([UInt8](data.prefix(256))) else {
        diagnostics.append(
          Diagnostic(
            file: notebook.path, at: place, "\(source) is no image that browsers show",
            hint: "use PNG, JPEG, GIF, WebP or SVG"))
        continue
      }
      urls[source] = dataURL([UInt8](data), mediaType: type)
      digests[source] = SHA256.hexadecimal(of: [UInt8](data))
    }
    return diagnostics
  }

  func url(for source: String) -> String? { source.hasPrefix("data:") ? source : urls[source] }

  /// An image of the prose.
  struct Image {
    /// Its name in the prose.
    var source: String
    var mediaType: String
    var base64: String

    var bytes: [UInt8] { [UInt8](Data(base64Encoded: base64) ?? Data()) }

    /// The last part of its path, with a number where that is taken.
    func name(notIn taken: [String]) -> String {
      let plain = source.removingPercentEncoding ?? source
      let name = (plain.split(separator: "/").last.map(String.init) ?? "image").replacing(" ", with: "-")
      return taken.contains(name) ? (2...).lazy.map { "\($0)-\(name)" }.first { !taken.contains($0) }! : name
    }
  }

  /// All images that were read, by the order of their names.
  var embedded: [Image] {
    urls.sorted { $0.key < $1.key }.compactMap { source, url in
      let parts = url.dropFirst("data:".count).split(separator: ";base64,", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return Image(source: source, mediaType: String(parts[0]), base64: String(parts[1]))
    }
  }

  private static func sources(in node: MarkdownNode) -> [String] {
    let inner = node.children.flatMap(sources)
    if case .image(let source, _) = node.kind { return [source] + inner }
    return inner
  }

  /// The first line that names it.
  private static func position(of source: String, in notebook: Notebook) -> Position? {
    let lines = notebook.source.split(separator: "\n", omittingEmptySubsequences: false)
    guard let line = lines.firstIndex(where: { $0.contains("](\(source)") || $0.contains(source) }) else {
      return nil
    }
    let column = lines[line].firstRange(of: source).map { lines[line][..<$0.lowerBound].utf8.count } ?? 0
    return Position(line: line + 1, column: column + 1)
  }

  /// The type of an image, by its first bytes.
  static func mediaType(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "image/png" }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
    if bytes.starts(with: "GIF8".utf8) { return "image/gif" }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) { return "image/webp" }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.contains("<svg") || text.contains("<?xml") ? "image/svg+xml" : nil
  }
}
