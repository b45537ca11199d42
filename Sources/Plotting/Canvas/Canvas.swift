import CGD

/// A gd image that is drawn on with anti-aliasing of our own: shapes are turned into coverage (the share of each
/// pixel that they cover), and a coverage is laid over the image once. gd sets the text and writes the files.
///
/// Coordinates are CSS pixels, `scale` dots each, from the upper left corner; a pixel's centre is at (½, ½).
final class Canvas {
  let width: Int
  let height: Int
  let scale: Double
  let background: UInt32
  let image: gdImagePtr
  let rows: UnsafeMutablePointer<UnsafeMutablePointer<Int32>?>
  /// Where shapes may leave ink, in dots.
  var clip: Dots
  /// The coverage of the shape in work, one byte a dot; all zero between shapes.
  let coverage: UnsafeMutablePointer<UInt8>
  /// Signed areas of the polygon in work; all zero between shapes.
  let areas: UnsafeMutablePointer<Float>
  var stamps: [Stamp.Key: Stamp] = [:]

  /// A canvas of `width` x `height` CSS pixels, filled with `background` (0xRRGGBB).
  init(width: Double, height: Double, scale: Double, background: UInt32) throws(PlottingError) {
    self.width = max(1, Int((width * scale).rounded()))
    self.height = max(1, Int((height * scale).rounded()))
    (self.scale, self.background) = (scale, background)
    Library.prepare()
    guard let image = gdImageCreateTrueColor(Int32(self.width), Int32(self.height)) else {
      throw .noImage(width: self.width, height: self.height)
    }
    self.image = image
    rows = image.pointee.tpixels
    clip = Dots(left: 0, top: 0, right: self.width, bottom: self.height)
    coverage = .allocate(capacity: self.width * self.height)
    coverage.initialize(repeating: 0, count: self.width * self.height)
    areas = .allocate(capacity: (self.width + 2) * self.height + 2)
    areas.initialize(repeating: 0, count: (self.width + 2) * self.height + 2)
    clear()
  }

  deinit {
    gdImageDestroy(image)
    coverage.deallocate()
    areas.deallocate()
  }

  /// Draws `body` clipped to a rectangle.
  func clipped<R>(to rectangle: Rectangle, _ body: () throws(PlottingError) -> R) throws(PlottingError) -> R {
    let before = clip
    defer { clip = before }
    clip = before.intersection(
      Dots(
        left: Int((rectangle.left * scale).rounded()), top: Int((rectangle.top * scale).rounded()),
        right: Int((rectangle.right * scale).rounded()), bottom: Int((rectangle.bottom * scale).rounded())))
    return try body()
  }

  /// Paints everything over with the background.
  func clear() {
    for y in 0..<height { rows[y]!.update(repeating: Int32(background), count: width) }
  }
}

/// gd's process-wide preparation, once.
private enum Library {
  private static let prepared: Void = cgd_prepare()
  static func prepare() { _ = prepared }
}

/// A rectangle of whole dots; `right` and `bottom` are outside.
struct Dots: Equatable {
  var left: Int
  var top: Int
  var right: Int
  var bottom: Int
  var isEmpty: Bool { left >= right || top >= bottom }

  func intersection(_ other: Dots) -> Dots {
    Dots(
      left: max(left, other.left), top: max(top, other.top), right: min(right, other.right),
      bottom: min(bottom, other.bottom))
  }
}

/// A rectangle in CSS pixels, y downwards.
struct Rectangle: Equatable, Sendable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
  var width: Double { right - left }
  var height: Double { bottom - top }

  func inset(by margin: Double) -> Rectangle {
    Rectangle(left: left + margin, top: top + margin, right: right - margin, bottom: bottom - margin)
  }
}

/// A place on the canvas, in CSS pixels, y downwards.
struct Spot: Equatable, Sendable {
  var x: Double
  var y: Double
  var isFinite: Bool { x.isFinite && y.isFinite }
}
