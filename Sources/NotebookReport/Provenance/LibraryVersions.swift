import CCmark
import Digests

extension HTMLReport {
  /// The versions of what pages are written with and does not belong to this package.
  public static var libraryVersions: [(name: String, version: String)] {
    let katex = KaTeXInstallation.find()
    let files = ["katex.js", "katex.min.css"].compactMap { katex?.file($0) }
    return [
      ("cmark-gfm", String(cString: cmark_version_string())),
      ("KaTeX", files.isEmpty ? "none" : SHA256.hexadecimal(of: files.reduce([], +))),
    ]
  }
}
