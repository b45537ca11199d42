import Foundation

/// Where KaTeX lies on this machine: its script, its style sheet and its fonts.
public struct KaTeXInstallation: Hashable, Sendable {
  public var folder: String

  private static let folders = ["/usr/share/javascript/katex", "/usr/share/nodejs/katex/dist"]

  /// The first folder that has it: Debian's package libjs-katex, or that of node-katex.
  public static func find() -> KaTeXInstallation? {
    let needed = ["katex.js", "katex.min.css", "fonts/KaTeX_Main-Regular.woff2"]
    return folders.first { folder in
      needed.allSatisfy { FileManager.default.isReadableFile(atPath: "\(folder)/\($0)") }
    }.map(KaTeXInstallation.init)
  }

  /// What to do where ``find()`` finds nothing.
  public static let hint = "install KaTeX: apt-get install libjs-katex fonts-katex"

  /// Changes when another KaTeX is installed.
  var fingerprint: String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/katex.js")
    let size = attributes?[.size] as? Int ?? 0
    let date = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    return "\(folder) \(size) \(Int(date))"
  }

  func file(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) }
  }
}
