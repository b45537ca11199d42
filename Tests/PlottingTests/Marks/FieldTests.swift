import Testing

@testable import Plotting

@Suite struct MarchingSquaresTests {
  /// Circles of x^2 + y^2: linear interpolation errs by h^2 / 8 times the second derivative over the slope.
  @Test(arguments: [41, 81, 161])
  func circles(nodes: Int) throws {
    let field = Field(over: -2...2, -2...2, resolution: nodes) { x, y in x * x + y * y }
    let lines = MarchingSquares(field).lines(at: 1)
    #expect(lines.count == 1)
    let line = try #require(lines.first)
    #expect(line.first == line.last, "the circle is closed")
    let step = 4 / Double(nodes - 1)
    for point in line {
      let radius = (point * point).sum().squareRoot()
      #expect(abs(radius - 1) < step * step / 6)
    }
  }

  @Test func openLinesEndAtTheBorder() {
    let field = Field(over: 0...1, 0...1, resolution: 11) { x, y in x + y }
    let lines = MarchingSquares(field).lines(at: 0.73)
    #expect(lines.count == 1)
    for point in lines[0] { #expect(abs(point.x + point.y - 0.73) < 1e-12) }
    for end in [lines[0].first!, lines[0].last!] { #expect(end.x == 0 || end.y == 0) }
  }

  /// Four corners in turn above and below: the mean decides which are joined.
  @Test(arguments: [(0.9, true), (-0.9, false)])
  func saddles(shift: Double, joinsHigh: Bool) {
    let field = Field(x: 0...1, y: 0...1, rows: [[1 + shift, -1 + shift], [-1 + shift, 1 + shift]])
    let lines = MarchingSquares(field).lines(at: 0)
    #expect(lines.count == 2)
    // High corners are (0, 0) and (1, 1). If they are joined, each line cuts off one of the low corners.
    let cutsLow = lines.allSatisfy { line in
      line.allSatisfy { ($0.x > $0.y) } || line.allSatisfy { $0.x < $0.y }
    }
    #expect(cutsLow == joinsHigh)
  }

  @Test func cellsWithoutAValueAreLeftOut() {
    let field = Field(x: 0...2, y: 0...1, rows: [[0, 1, .nan], [0, 1, 1]])
    #expect(MarchingSquares(field).lines(at: 0.5).allSatisfy { $0.allSatisfy { $0.x <= 1 } })
  }
}

@Suite struct StreamlineTests {
  private let lines = StreamlineTracer(
    SampledFlow(over: -1...1, -1...1) { x, y in (-y, x) }, separation: 0.05
  ).lines

  @Test func linesFollowTheField() {
    #expect(lines.count > 8)
    for line in lines {
      let radii = line.map { point -> Double in
        let data = point * 2 - 1
        return (data * data).sum().squareRoot()
      }
      // Around the origin the radius stays; the field is linear, so only Runge and Kutta err: h^4.
      #expect(radii.max()! - radii.min()! < 2e-3)
    }
  }

  @Test func linesKeepTheirDistance() {
    for (index, line) in lines.enumerated() {
      for other in lines[..<index] {
        for point in line.enumerated().lazy.filter({ $0.offset % 5 == 0 }).map(\.element) {
          let nearest = other.map { ($0 - point) * ($0 - point) }.map { $0.sum() }.min()!
          #expect(nearest.squareRoot() > 0.02)
        }
      }
    }
  }

  @Test func aFieldAtRestHasNoLines() {
    #expect(
      StreamlineTracer(SampledFlow(over: 0...1, 0...1) { _, _ in (0, 0) }, separation: 0.1).lines.isEmpty)
  }
}

@Suite struct ColorRangeTests {
  @Test func linear() {
    let range = ColorRange([2, .nan, 4, .infinity], map: .viridis, scale: .linear)
    #expect(range.low == 2 && range.high == 4)
    #expect([range.share(2), range.share(3), range.share(9)] == [0, 0.5, 1])
    #expect(range.share(.nan).isNaN)
  }

  @Test func logarithmic() {
    let range = ColorRange([0, 1, 100], map: .viridis, scale: .log)
    #expect(range.low == 1 && range.high == 100)
    #expect(abs(range.share(10) - 0.5) < 1e-15)
    #expect(range.share(0).isNaN, "no colour")
  }

  @Test func centred() {
    let range = ColorRange([-1, 3], map: .diverging, scale: .centered)
    #expect(range.low == -3 && range.high == 3 && range.share(0) == 0.5)
  }

  @Test(arguments: [[], [5.0, 5], [0, 0], [.nan]])
  func degenerate(values: [Double]) {
    let range = ColorRange(values, map: .viridis, scale: .linear)
    #expect(range.low < range.high)
  }

  /// Viridis in matplotlib 3.8 at the ends and in the middle.
  @Test func published() {
    let table = ColorMap.viridis.table(on: .light)
    #expect(table[0] == 0x440154 && table[255] == 0xfde725)
    for (index, color) in [(64, 0x3b528b), (128, 0x21918c), (191, 0x5ec962)] as [(Int, Int)] {
      for shift in [0, 8, 16] { #expect(abs(Int(table[index]) >> shift & 255 - color >> shift & 255) <= 3) }
    }
  }
}
