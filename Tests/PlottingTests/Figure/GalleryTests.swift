import Testing

@testable import Plotting

@Suite struct GalleryTests {
  /// Words that would reach beyond the figure would touch its border: two CSS pixels of it stay empty all round.
  @Test(arguments: Gallery.figures.indices, [(600.0, 370.0), (300, 220)])
  func nothingIsClipped(index: Int, size: (Double, Double)) throws {
    let (name, figure) = Gallery.figures[index]
    let canvas = try Drawing(figure.size(size.0, size.1)).canvas(theme: .light, scale: 2)
    let edge = 4
    for y in 0..<canvas.height {
      for x in 0..<canvas.width {
        let isBorder = y < edge || x < edge || y >= canvas.height - edge || x >= canvas.width - edge
        guard isBorder, canvas.rows[y]![x] != 0xffffff else { continue }
        Issue.record("\(name) at \(size) has ink at (\(x / 2), \(y / 2))")
        return
      }
    }
  }

  @Test(arguments: Gallery.figures.indices)
  func everyFigureSaysWhatItShows(index: Int) {
    let (name, figure) = Gallery.figures[index]
    let text = figure.alternativeText
    #expect(text.contains("axis") && text.hasSuffix("."), "\(name): \(text)")
    #expect(!text.contains("$") && !text.contains("nan") && !text.contains("inf "), "\(name): \(text)")
    #expect(figure.data.csv.split(separator: "\n").count > 1, "\(name) has data")
  }

  @Test(arguments: Gallery.figures.indices)
  func darkIsLegible(index: Int) throws {
    let drawing = try Drawing(Gallery.figures[index].figure.size(300, 220))
    let canvas = try drawing.canvas(theme: .dark, scale: 1)
    let background = Theme.dark.background
    #expect(UInt32(bitPattern: canvas.rows[0]![0]) == background)
    #expect(contrast(Theme.dark.foreground, background) > 10)
  }

  /// WCAG 2.1 asks for 3 between graphical objects and their background.
  @Test(arguments: Color.series)
  func seriesStandOut(color: Color) {
    #expect(contrast(color.dark, Theme.dark.background) >= 3)
    // Orange, sky and yellow are Okabe and Ito's own; lines have dashes and points markers besides.
    #expect(contrast(color.light, Theme.light.background) >= 2)
  }

  private func contrast(_ a: UInt32, _ b: UInt32) -> Double {
    func luminance(_ color: UInt32) -> Double {
      func channel(_ shift: UInt32) -> Double {
        let value = Double(color >> shift & 255) / 255
        // The square stands for the exponent 2.2 of sRGB; it is darker by a few per cent at most.
        return value * value
      }
      return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }
}
