import Testing

@testable import Plotting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Coverage is measured as the ink that black leaves on white: 1 for a dot that is covered.
@Suite struct StrokeTests {
  private let ink = Ink(rgb: 0x000000)

  private func canvas() throws -> Canvas {
    try Canvas(width: 100, height: 100, scale: 2, background: 0xffffff)
  }

  @Test(arguments: [0.0, 0.2, 0.7, 1.2, 1.5], [0.3, 1, 2.5, 8])
  func inkIsLengthTimesWidth(angle: Double, width: Double) throws {
    let canvas = try canvas()
    let direction = Spot(x: 30 * cos(angle), y: 30 * sin(angle))
    canvas.stroke(
      [Spot(x: 50 - direction.x, y: 50 - direction.y), Spot(x: 50 + direction.x, y: 50 + direction.y)],
      Stroke(width: width, cap: .butt), ink)
    // In dots: 120 long. Coverage by distance is exact along the axes and within 1.5 % of the area else.
    #expect(abs(canvas.inked / (120 * 2 * width) - 1) < 0.02)
  }

  @Test(arguments: [Stroke.Cap.butt, .round])
  func capsAddHalfADisc(cap: Stroke.Cap) throws {
    let canvas = try canvas()
    canvas.stroke([Spot(x: 30, y: 50), Spot(x: 70, y: 50)], Stroke(width: 10, cap: cap), ink)
    let caps = cap == .round ? Double.pi * 100 : 0
    // A disc's rim is off by less than a hundredth of a dot each.
    #expect(abs(canvas.inked - (80 * 20 + caps)) < 6)
  }

  @Test func overlappingSegmentsAreNoDarker() throws {
    let canvas = try canvas()
    let zigzag = (0..<200).map { Spot(x: 20 + Double($0 % 2) * 60, y: 30 + Double($0) * 0.2) }
    canvas.stroke(zigzag, Stroke(width: 3), Ink(rgb: 0x000000, opacity: 0.4))
    // 0.4 of black on white is 153; the join of many segments may not fall below it.
    #expect(canvas.darkest >= 152 && canvas.darkest <= 154)
  }

  @Test func pieceswiseAndWholeAreTheSame() throws {
    let (a, b) = (try canvas(), try canvas())
    let ends = (Spot(x: 10, y: 15), Spot(x: 90, y: 77))
    a.stroke([ends.0, ends.1], Stroke(width: 2), ink)
    b.stroke(
      (0...50).map { step in
        let share = Double(step) / 50
        return Spot(x: 10 + 80 * share, y: 15 + 62 * share)
      }, Stroke(width: 2), ink)
    #expect(a.difference(from: b) <= 1)  // rounding to bytes
  }

  @Test func gapsStayEmpty() throws {
    let canvas = try canvas()
    canvas.stroke(
      [Spot(x: 10, y: 50), Spot(x: 40, y: 50), Spot(x: .nan, y: 50), Spot(x: 60, y: 50), Spot(x: 90, y: 50)],
      Stroke(width: 2, cap: .butt), ink)
    #expect(abs(canvas.inked - 2 * 60 * 4) < 1)
  }

  @Test func farEndsCostNothingAndDrawTheSame() throws {
    let (a, b) = (try canvas(), try canvas())
    a.stroke([Spot(x: -1e9, y: 50), Spot(x: 1e9, y: 50)], Stroke(width: 2, dash: .dashed), ink)
    b.stroke([Spot(x: 0, y: 50), Spot(x: 100, y: 50)], Stroke(width: 2), ink)
    #expect(a.inked < 0.75 * b.inked && a.inked > 0.55 * b.inked)  // dashes: 4 of 6.2
  }

  @Test(arguments: Dash.allCases.filter { $0 != .solid })
  func dashesInkTheirShare(dash: Dash) throws {
    let canvas = try canvas()
    canvas.stroke([Spot(x: 0, y: 50), Spot(x: 100, y: 50)], Stroke(width: 1, dash: dash, cap: .butt), ink)
    let lengths = dash.lengths
    let marks = stride(from: 0, to: lengths.count, by: 2).reduce(0) { $0 + lengths[$1] }
    let share = marks / lengths.reduce(0, +)
    // A hundred CSS pixels hold many periods; the last one may be cut.
    #expect(abs(canvas.inked / 400 - share) < 0.08)
  }
}

@Suite struct PolygonTests {
  @Test func areaIsExact() throws {
    let canvas = try Canvas(width: 100, height: 100, scale: 1, background: 0xffffff)
    let corners = [Spot(x: 10.3, y: 12.7), Spot(x: 80.1, y: 30.2), Spot(x: 33.3, y: 90.9)]
    canvas.fill(corners, Ink(rgb: 0))
    let (a, b, c) = (corners[0], corners[1], corners[2])
    let area = abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2
    #expect(abs(canvas.inked - area) < 0.5)  // each of some 250 edge dots is rounded to 1/255
  }

  @Test func holesRunAgainstTheirOutline() throws {
    let canvas = try Canvas(width: 50, height: 50, scale: 1, background: 0xffffff)
    func square(_ low: Double, _ high: Double) -> [Spot] {
      [Spot(x: low, y: low), Spot(x: high, y: low), Spot(x: high, y: high), Spot(x: low, y: high)]
    }
    canvas.fill([square(5, 45), square(15, 35).reversed()], Ink(rgb: 0))
    #expect(canvas.inked == 1600 - 400)
  }

  @Test func clipCutsOnAllSides() throws {
    let canvas = try Canvas(width: 50, height: 50, scale: 2, background: 0xffffff)
    try canvas.clipped(to: Rectangle(left: 10, top: 10, right: 30, bottom: 20)) { () throws(PlottingError) in
      canvas.fill(Rectangle(left: -500, top: -500, right: 1e6, bottom: 500), Ink(rgb: 0))
      canvas.stroke([Spot(x: -9, y: -9), Spot(x: 60, y: 60)], Stroke(width: 20), Ink(rgb: 0))
      canvas.mark(.circle, at: Spot(x: 10, y: 10), radius: 8, Ink(rgb: 0))
    }
    #expect(canvas.inked == 40 * 20)
  }

  @Test(arguments: [0.4, 1.0, 2.8, 7])
  func discsHaveTheirArea(radius: Double) throws {
    let canvas = try Canvas(width: 40, height: 40, scale: 2, background: 0xffffff)
    canvas.mark(.circle, at: Spot(x: 20.13, y: 19.71), radius: radius, Ink(rgb: 0))
    let area = Double.pi * 4 * radius * radius
    // A stamp's radius is a multiple of 1/16 dot, and the rim of a disc of one dot is not straight within it.
    #expect(abs(canvas.inked - area) < (radius < 1 ? 0.15 : 0.05) * area)
  }
}

extension Canvas {
  /// The ink of black on white, in dots.
  var inked: Double {
    (0..<height).reduce(0.0) { sum, y in
      (0..<width).reduce(sum) { $0 + Double(255 - Int(rows[y]![$1] & 255)) / 255 }
    }
  }

  var darkest: Int {
    (0..<height).map { y in (0..<width).map { Int(rows[y]![$0] & 255) }.min()! }.min()!
  }

  /// The greatest difference in one channel.
  func difference(from other: Canvas) -> Int {
    var most = 0
    for y in 0..<height {
      for x in 0..<width {
        for shift: Int32 in [0, 8, 16] {
          most = max(most, abs(Int(rows[y]![x] >> shift & 255) - Int(other.rows[y]![x] >> shift & 255)))
        }
      }
    }
    return most
  }
}
