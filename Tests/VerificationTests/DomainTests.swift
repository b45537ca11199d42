import Testing

@testable import Verification

@Suite struct DomainTests {
  @Test func cornersAndEndsAreAlwaysTried() throws {
    let points = try Domain(t: 0.05...0.95, x: -4...4).points(256).kept
    #expect(points.count == 256)
    for corner in [[0.05, -4], [0.05, 4], [0.95, -4], [0.95, 4]] { #expect(points.contains(corner)) }
    for axis in 0..<2 {
      let (low, high) = ([0.05, -4][axis], [0.95, 4][axis])
      let width = high - low
      #expect(points.contains { $0[axis] > low && $0[axis] < low + 0.002 * width })
      #expect(points.contains { $0[axis] < high && $0[axis] > high - 0.002 * width })
    }
    #expect(Set(points).count == 256)
  }

  @Test(arguments: 1...8)
  func everyDimensionHasItsPoints(_ dimension: Int) throws {
    let points = try Domain(vector: .box(0...1, dimension: dimension)).points(256).kept
    #expect(points.count > 240)
    let strata = Strata(points: points, coordinates: (0..<dimension).map { "x\($0)" }).strata
    #expect(strata.count == 3 * dimension)
    #expect(strata.allSatisfy { $0.members.count >= Strata.least })
  }

  /// Stars: lines on which all coordinates but one agree.
  @Test func linesShareCoordinates() throws {
    let points = try Domain(t: 0...1, x: 0...1).points(256).kept
    for axis in 0..<2 {
      let lines = Dictionary(grouping: points) { $0[axis] }.values.filter { $0.count >= 7 }
      #expect(lines.count >= 4)
    }
  }

  @Test func simplexPointsAreProbabilities() throws {
    let points = try Domain(vector: .simplex(4)).points(256).kept
    #expect(points.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-12 && $0.allSatisfy { $0 >= 9.9e-5 } })
    #expect(points.contains { $0.max()! > 0.999 })
  }

  @Test func logarithmicScalesSpreadEvenly() throws {
    let points = try Domain(t: 1e-6...1).logarithmic("t").points(300).kept
    let small = points.count { $0[0] < 1e-3 }
    #expect(small > 120 && small < 180)
  }

  @Test func drawsAreTriedAsGiven() throws {
    let rows = (0..<40).map { [Double($0), 1] }
    let points = try Domain(vector: .draws(rows)).points(256).kept
    #expect(Set(points) == Set(rows))
  }
}
