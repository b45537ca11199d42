import Diffusion
import RealModule
import Testing

@Suite struct BrownianPathTests {
  let path = BrownianPath(stream: RandomStream(seed: 31), over: 0.5...2)

  /// Grids of any number of steps see one path: their increments add up to the whole, and to one another's.
  @Test(arguments: [3, 7, 10, 300])
  func anyGridSeesTheSamePath(_ steps: Int) {
    let times = TimeGrid.uniform(from: 0.5, to: 2, steps: steps).times
    var sum = Batch<Double>(count: 4, dimension: 3)
    var increment = sum
    for (from, to) in zip(times, times.dropFirst()) {
      path.fillIncrements(&increment, step: 0, from: from, to: to, firstRow: 2)
      sum.add(1, times: increment)
      let here = path.value(Double.self, at: to, count: 4, dimension: 3, firstRow: 2)
      for row in 0..<4 { #expect((sum[row] - here[row]).largestMagnitude < 1e-12) }
    }
    let whole = path.value(Double.self, at: 2, count: 4, dimension: 3, firstRow: 2)
    for row in 0..<4 { #expect((sum[row] - whole[row]).largestMagnitude < 1e-12) }
  }

  /// Cov(W_s, W_t) = min(s, t) from the interval's beginning, at times that are no dyadic fractions; 5 standard errors.
  @Test func covariances() {
    let n = 20_000
    let times = [0.6, 0.60001, 1.1, 1.9]
    let values = times.map { path.value(Double.self, at: $0, count: n, dimension: 1).column(0) }
    for i in times.indices {
      for j in i..<times.count {
        let (s, t) = (times[i] - 0.5, times[j] - 0.5)
        let product = zip(values[i], values[j]).reduce(0) { $0 + $1.0 * $1.1 } / Double(n)
        #expect(
          abs(product - s) < 5 * ((s * t + s * s) / Double(n)).squareRoot(), "at \(times[i]), \(times[j])")
      }
    }
    let gap = zip(values[0], values[1]).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) } / Double(n)
    #expect(abs(gap / 1e-5 - 1) < 5 * (2 / Double(n)).squareRoot())
  }

  /// Inside a finest interval the path is a bridge between its ends: about the line from one to the other it has the
  /// variance f (1 - f) of the interval.
  @Test func theFinestIntervals() {
    let n = 5_000
    let width = 1.5 * 0x1p-24
    func value(_ intervals: Double) -> [Double] {
      path.value(Double.self, at: 0.5 + intervals * width, count: n, dimension: 1).column(0)
    }
    let (low, inside, high) = (value(4001), value(4001.3), value(4002))
    let square = (0..<n).reduce(0.0) { sum, i in
      let miss = inside[i] - 0.7 * low[i] - 0.3 * high[i]
      return sum + miss * miss
    }
    let expected = 0.21 * width
    // Times near 0.5 are rounded by 1e-16 / 9e-8 of an interval.
    #expect(abs(square / Double(n) / expected - 1) < 5 * (2 / Double(n)).squareRoot())
  }
}
