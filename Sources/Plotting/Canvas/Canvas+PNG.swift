import CGD

extension Canvas {
  /// zlib's default. Its best, 9, makes files a tenth smaller and took most of the time of a scatter plot.
  private static var compression: Int32 { 6 }

  /// The image as a PNG file: indexed where 256 colours stand for all without a visible difference, else in full
  /// colour.
  func png() throws(PlottingError) -> [UInt8] {
    var counted = ColorTable()
    counted.count(self, limit: Palette.most)
    guard counted.count <= Palette.most else {
      return try Self.encode("PNG") { gdImagePngPtrEx(image, $0, Self.compression) }
    }
    var palette = Palette(counted)
    guard palette.isFaithful else {
      return try Self.encode("PNG") { gdImagePngPtrEx(image, $0, Self.compression) }
    }
    let indexed = try IndexedImage(width: width, height: height, palette: palette)
    indexed.copy(self, &palette)
    return try Self.encode("PNG") { gdImagePngPtrEx(indexed.image, $0, Self.compression) }
  }

  /// The bytes that one of gd's encoders makes.
  static func encode(
    _ format: String, _ encoder: (UnsafeMutablePointer<Int32>) -> UnsafeMutableRawPointer?
  ) throws(PlottingError) -> [UInt8] {
    var count: Int32 = 0
    guard let bytes = encoder(&count) else { throw .notEncoded(format: format) }
    defer { gdFree(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  }
}

/// A gd image with a palette.
final class IndexedImage {
  let image: gdImagePtr

  init(width: Int, height: Int, palette: Palette) throws(PlottingError) {
    guard let image = gdImageCreate(Int32(width), Int32(height)) else {
      throw .noImage(width: width, height: height)
    }
    self.image = image
    for color in palette.colors {
      _ = gdImageColorAllocate(image, Int32(color >> 16), Int32(color >> 8 & 255), Int32(color & 255))
    }
  }

  deinit { gdImageDestroy(image) }

  func copy(_ canvas: Canvas, _ palette: inout Palette) {
    let rows = image.pointee.pixels!
    for y in 0..<canvas.height { palette.translate(canvas.rows[y]!, canvas.width, to: rows[y]!) }
  }
}
