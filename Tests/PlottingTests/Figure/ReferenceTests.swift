import CGD
import Foundation
import Testing

@testable import Plotting

/// Pictures of what the marks draw, compared dot by dot with those in References. `RECORD=1 swift test` writes them
/// anew; look at them before you keep them.
///
/// Only the inside of the axes is compared: words depend on FreeType's version, and how they are set is tested as
/// numbers (TypesettingTests). Marks that write into the axes have a wider tolerance.
@Suite struct ReferenceTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "References")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  @Test(arguments: Gallery.figures.indices)
  func marksLookAsTheyDid(index: Int) throws {
    let (name, figure) = Gallery.figures[index]
    let drawing = try Drawing(figure.size(300, 220).legend(.none))
    let canvas = try drawing.canvas(theme: .light, scale: 1)
    let file = Self.folder.appending(path: name.split(separator: " ").joined(separator: "-") + ".png")
    if Self.isRecording {
      let bytes = try Canvas.encode("PNG") { gdImagePngPtrEx(canvas.image, $0, 9) }
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
      return
    }
    let reference = try Picture(Data(contentsOf: file))
    try #require(
      reference.width == canvas.width && reference.height == canvas.height, "\(name) has another size")
    let hasWords = ["contours", "words", "convergence"].contains(name)
    for part in drawing.layout.parts {
      let box = part.box.inset(by: 2)
      var sum = 0.0
      var different = 0
      var count = 0
      for y in Int(box.top)..<Int(box.bottom) {
        for x in Int(box.left)..<Int(box.right) {
          let off = Self.difference(canvas.rows[y]![x], reference.color(x, y))
          sum += Double(off)
          // One step of 255 is rounding; a quarter of the range is another picture.
          if off > 64 { different += 1 }
          count += 1
        }
      }
      let mean = sum / Double(count)
      #expect(mean < (hasWords ? 1.5 : 0.3), "\(name): dots differ by \(mean) of 255 in the mean")
      #expect(
        Double(different) < (hasWords ? 0.02 : 0.001) * Double(count), "\(name): \(different) dots differ")
    }
  }

  private static func difference(_ a: Int32, _ b: Int32) -> Int {
    ([0, 8, 16] as [Int32]).map { abs(Int(a >> $0 & 255) - Int(b >> $0 & 255)) }.max()!
  }
}

/// A PNG that gd has read.
private final class Picture {
  private let image: gdImagePtr
  var width: Int { Int(image.pointee.sx) }
  var height: Int { Int(image.pointee.sy) }

  init(_ data: Data) throws {
    let bytes = [UInt8](data)
    image = try #require(
      bytes.withUnsafeBytes {
        gdImageCreateFromPngPtr(Int32($0.count), UnsafeMutableRawPointer(mutating: $0.baseAddress))
      })
  }

  deinit { gdImageDestroy(image) }

  func color(_ x: Int, _ y: Int) -> Int32 { gdImageGetTrueColorPixel(image, Int32(x), Int32(y)) & 0xffffff }
}
