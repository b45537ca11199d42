import Diffusion
import RealModule
import Testing

@Suite struct ScalarDrawTests {
  /// Values of scipy.stats.norm.ppf.
  @Test(arguments: [
    (1e-300, -37.0470962993612),
    (1e-20, -9.262340089798409),
    (1e-05, -4.264890793922825),
    (0.02425, -1.972961051311885),
    (0.3, -0.5244005127080409),
    (0.7, 0.5244005127080407),
    (0.999, 3.090232306167813),
  ])
  func quantile(p: Double, expected: Double) {
    #expect(abs(normalQuantile(p) - expected) <= 4e-15 * abs(expected))
    #expect(abs(normalCDF(expected) - p) <= 1e-13 * p * max(1, expected * expected))
  }

  @Test func quantileAtItsEnds() {
    #expect(normalQuantile(0) == -.infinity)
    #expect(normalQuantile(1) == .infinity)
    #expect(normalQuantile(0.5) == 0)
    #expect(normalQuantile(-0.1).isNaN)
    #expect(normalQuantile(.nan).isNaN)
  }

  @Test func categoricalFrequencies() {
    var stream = RandomStream(seed: 5)
    let weights = [0.5, 0, 2, 1.5]
    let n = 40_000
    var counts = [0, 0, 0, 0]
    for _ in 0..<n { counts[stream.categorical(weights)] += 1 }
    #expect(counts[1] == 0)
    for (count, weight) in zip(counts, weights) {
      let p = weight / 4
      // Five binomial standard deviations.
      #expect(abs(Double(count) - p * Double(n)) <= 5 * (p * (1 - p) * Double(n)).squareRoot())
    }
  }

  @Test func meansOfScalarDraws() {
    var stream = RandomStream(seed: 6, path: 1)
    let n = 40_000
    var (normal, square, exponential) = (0.0, 0.0, 0.0)
    for _ in 0..<n {
      let z = stream.normal()
      normal += z / Double(n)
      square += z * z / Double(n)
      exponential += stream.exponential() / Double(n)
    }
    // Five standard errors: variances 1, 2 and 1.
    #expect(abs(normal) < 0.025)
    #expect(abs(square - 1) < 0.036)
    #expect(abs(exponential - 1) < 0.025)
  }
}
