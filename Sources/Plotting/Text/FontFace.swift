#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The fonts of the page's mathematics, by the names of their files.
enum Face: String, CaseIterable, Sendable {
  case main = "Main-Regular"
  case bold = "Main-Bold"
  case italic = "Main-Italic"
  case math = "Math-Italic"
  case boldMath = "Math-BoldItalic"
  case ams = "AMS-Regular"
  case calligraphic = "Caligraphic-Regular"
  case fraktur = "Fraktur-Regular"
  case script = "Script-Regular"
  case sansSerif = "SansSerif-Regular"
  case size1 = "Size1-Regular"
  case size2 = "Size2-Regular"
  case size3 = "Size3-Regular"
  case size4 = "Size4-Regular"
}

/// The advance and the ink's box of one glyph, in em, y upwards.
struct GlyphMetrics: Equatable, Sendable {
  var advance: Double
  var left: Double
  var right: Double
  var bottom: Double
  var top: Double
}

/// The metrics of the glyphs of one TrueType file.
///
/// Reads the tables cmap (format 4), hmtx and glyf (OpenType specification 1.9); gd draws the outlines themselves.
struct FontFace: Sendable {
  let path: String
  let glyphs: [UInt32: GlyphMetrics]

  init(path: String) throws(PlottingError) {
    guard let bytes = Self.contents(of: path), let glyphs = Self.glyphs(in: TrueType(bytes: bytes)) else {
      throw .unreadableFont(path: path)
    }
    self.path = path
    self.glyphs = glyphs
  }

  static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  private static func glyphs(in file: TrueType) -> [UInt32: GlyphMetrics]? {
    guard let head = file.table("head"), let hhea = file.table("hhea"), let hmtx = file.table("hmtx"),
      let loca = file.table("loca"), let glyf = file.table("glyf"), let cmap = file.table("cmap"),
      let em = file.u16(head + 18), em > 0, let isLong = file.u16(head + 50), let count = file.u16(hhea + 34),
      count > 0, let subtable = file.unicodeMap(at: cmap)
    else { return nil }
    var glyphs: [UInt32: GlyphMetrics] = [:]
    let unit = 1 / Double(em)
    for (scalar, glyph) in file.characters(at: subtable) {
      guard let advance = file.u16(hmtx + 4 * min(glyph, count - 1)) else { return nil }
      var metrics = GlyphMetrics(advance: Double(advance) * unit, left: 0, right: 0, bottom: 0, top: 0)
      let start = isLong == 0 ? file.u16(loca + 2 * glyph).map { 2 * $0 } : file.u32(loca + 4 * glyph)
      let end = isLong == 0 ? file.u16(loca + 2 * glyph + 2).map { 2 * $0 } : file.u32(loca + 4 * glyph + 4)
      if let start, let end, end > start, let left = file.i16(glyf + start + 2),
        let bottom = file.i16(glyf + start + 4), let right = file.i16(glyf + start + 6),
        let top = file.i16(glyf + start + 8)
      {
        metrics.left = Double(left) * unit
        metrics.bottom = Double(bottom) * unit
        metrics.right = Double(right) * unit
        metrics.top = Double(top) * unit
      }
      glyphs[scalar] = metrics
    }
    return glyphs
  }
}

/// Big-endian reads within a TrueType file; nil past its end.
private struct TrueType {
  let bytes: [UInt8]

  func u16(_ offset: Int) -> Int? {
    guard offset >= 0, offset + 1 < bytes.count else { return nil }
    return Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
  }

  func i16(_ offset: Int) -> Int? { u16(offset).map { $0 < 0x8000 ? $0 : $0 - 0x10000 } }

  func u32(_ offset: Int) -> Int? {
    guard let high = u16(offset), let low = u16(offset + 2) else { return nil }
    return high << 16 | low
  }

  /// Where a table starts.
  func table(_ tag: String) -> Int? {
    guard let count = u16(4) else { return nil }
    for index in 0..<count {
      let entry = 12 + 16 * index
      guard entry + 16 <= bytes.count else { return nil }
      if bytes[entry..<(entry + 4)].elementsEqual(tag.utf8) { return u32(entry + 8) }
    }
    return nil
  }

  /// The character map of the Basic Multilingual Plane (format 4).
  func unicodeMap(at cmap: Int) -> Int? {
    for index in 0..<(u16(cmap + 2) ?? 0) {
      guard let offset = u32(cmap + 4 + 8 * index + 4) else { return nil }
      if u16(cmap + offset) == 4 { return cmap + offset }
    }
    return nil
  }

  /// Every character with its glyph.
  func characters(at map: Int) -> [(UInt32, Int)] {
    guard let doubled = u16(map + 6) else { return [] }
    var pairs: [(UInt32, Int)] = []
    for segment in 0..<(doubled / 2) {
      let (ends, starts) = (map + 14 + 2 * segment, map + 16 + doubled + 2 * segment)
      let (deltas, ranges) = (starts + doubled, starts + 2 * doubled)
      guard let end = u16(ends), let start = u16(starts), let delta = u16(deltas), let range = u16(ranges),
        start <= end
      else { continue }
      for code in start...end where code != 0xffff {
        var glyph = code
        if range != 0 { glyph = u16(ranges + range + 2 * (code - start)) ?? 0 }
        if range == 0 || glyph != 0 { glyph = (glyph + delta) & 0xffff }
        if glyph != 0 { pairs.append((UInt32(code), glyph)) }
      }
    }
    return pairs
  }
}
