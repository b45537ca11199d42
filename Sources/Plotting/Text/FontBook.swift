#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The fonts of this machine, found once and read once.
struct FontBook: Sendable {
  private let faces: [Face: FontFace]
  /// A font for letters that KaTeX's fonts lack (Cyrillic, CJK as far as it goes), where there is one.
  let fallback: FontFace?

  /// The fonts as found at first use, or why they were not.
  static let system: Result<FontBook, PlottingError> = Result { () throws(PlottingError) in try FontBook() }

  init(folders: [String] = Self.folders) throws(PlottingError) {
    guard let folder = folders.first(where: { access("\($0)/\(Self.file(.main))", R_OK) == 0 }) else {
      throw .fontsMissing(searched: folders)
    }
    var faces: [Face: FontFace] = [:]
    for face in Face.allCases { faces[face] = try FontFace(path: "\(folder)/\(Self.file(face))") }
    self.faces = faces
    fallback = Self.fallbacks.lazy.compactMap { try? FontFace(path: $0) }.first
  }

  subscript(face: Face) -> FontFace { faces[face]! }

  func metrics(_ glyph: Glyph) -> GlyphMetrics? { font(of: glyph).glyphs[glyph.scalar.value] }

  func font(of glyph: Glyph) -> FontFace { glyph.isFallback ? fallback ?? self[.main] : self[glyph.face] }

  private static func file(_ face: Face) -> String { "KaTeX_\(face.rawValue).ttf" }

  /// Where KaTeX's fonts may be: where the environment says, then where distributions and users put them.
  static var folders: [String] {
    var folders: [String] = []
    if let named = getenv("KATEX_FONTS") { folders.append(String(cString: named)) }
    let home = getenv("HOME").map { String(cString: $0) } ?? ""
    folders += [
      "/usr/share/fonts/truetype/katex", "/usr/share/fonts/katex", "/usr/share/fonts/TTF",
      "/usr/share/javascript/katex/fonts", "/usr/share/nodejs/katex/dist/fonts",
      "/usr/local/share/fonts/katex",
      "\(home)/.local/share/fonts/katex", "\(home)/.fonts/katex",
    ]
    return folders
  }

  private static let fallbacks = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
  ]
}

/// One character of one font.
struct Glyph: Hashable, Sendable {
  var scalar: Unicode.Scalar
  var face: Face
  /// The KaTeX fonts lack it: it comes from the fallback font.
  var isFallback = false
}
