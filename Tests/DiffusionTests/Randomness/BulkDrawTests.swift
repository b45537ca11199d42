import Diffusion
import RealModule
import Testing

@Suite struct BulkDrawTests {
  let stream = RandomStream(seed: 20_260, path: 7, step: 11)

  /// A draw belongs to its index: pieces that begin and end within a block agree with the whole.
  @Test(arguments: [0..<1, 1..<2, 3..<9, 5..<6, 4..<8, 2..<31, 30..<97, 17..<17])
  func anyRangeAgreesWithTheWhole(range: Range<Int>) {
    let inferred: [Float] = stream.normals(range)
    #expect(inferred == stream.normals(Float.self, range))
    #expect(stream.normals(Float.self, range) == Array(stream.normals(Float.self, 0..<100)[range]))
    #expect(stream.normals(Double.self, range) == Array(stream.normals(Double.self, 0..<100)[range]))
    #expect(stream.uniforms(Float.self, range) == Array(stream.uniforms(Float.self, 0..<100)[range]))
    #expect(stream.uniforms(Double.self, range) == Array(stream.uniforms(Double.self, 0..<100)[range]))
  }

  /// The vectorised loop does what Box and Muller's formula says, word for word.
  @Test func floatNormalsAreBoxMuller() {
    let normals = stream.normals(Float.self, 0..<400)
    for block in 0..<100 {
      let words = Philox.block(counter: SIMD4(UInt32(block), 11, 7, 0), key: SIMD2(20_260, 0))
      for pair in 0..<2 {
        let u = (Double(words[2 * pair] >> 1) + 0.5) * 0x1p-31
        // The quadrant from two bits, the rest centred in it.
        let turn =
          Double(words[2 * pair + 1] >> 30) + Double(Int32(bitPattern: words[2 * pair + 1] << 2)) * 0x1p-32
        let radius = (-2 * Double.log(u)).squareRoot()
        let angle = turn * Double.pi / 2
        // Float arithmetic: a few units in the last place of the radius.
        let bound = 4e-7 * max(radius, 1)
        #expect(abs(Double(normals[4 * block + 2 * pair]) - radius * .cos(angle)) < bound)
        #expect(abs(Double(normals[4 * block + 2 * pair + 1]) - radius * .sin(angle)) < bound)
      }
    }
  }

  /// Moments of a million draws, within 5 standard errors (variances of Z^k: 1, 2, 15, 96).
  @Test func momentsOfNormals() {
    let n = 1_000_000
    func check(_ draws: [Double]) {
      let expected: [(Int, Double, Double)] = [(1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)]
      for (power, mean, variance) in expected {
        let sample = draws.reduce(0) { $0 + Double.pow($1, power) } / Double(n)
        #expect(abs(sample - mean) < 5 * (variance / Double(n)).squareRoot(), "moment \(power) is \(sample)")
      }
      // Neighbours are uncorrelated: the product of two independent normals has variance 1.
      let lag = zip(draws, draws.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(n - 1)
      #expect(abs(lag) < 5 / Double(n).squareRoot())
    }
    check(stream.normals(Float.self, 0..<n).map(Double.init))
    check(stream.normals(Double.self, 0..<n))
  }

  /// Counts in 20 equally likely cells: chi-squared with 19 degrees of freedom exceeds 60 with probability
  /// 4e-6.
  @Test func normalsFillTheirQuantiles() {
    let n = 200_000
    for draws in [stream.normals(Float.self, 0..<n).map(Double.init), stream.normals(Double.self, 0..<n)] {
      var counts = [Int](repeating: 0, count: 20)
      for x in draws { counts[min(Int(normalCDF(x) * 20), 19)] += 1 }
      let expected = Double(n) / 20
      let chiSquared = counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
      #expect(chiSquared < 60)
    }
  }

  @Test func uniformsAreInsideTheOpenInterval() {
    let floats = stream.uniforms(Float.self, 0..<100_000)
    let doubles = stream.uniforms(Double.self, 0..<100_000)
    #expect(floats.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(doubles.allSatisfy { $0 > 0 && $0 < 1 })
    // The standard error of the mean is 0.289 / sqrt(n) = 9.1e-4; five of them.
    #expect(abs(doubles.reduce(0, +) / 100_000 - 0.5) < 4.6e-3)
    #expect(abs(floats.reduce(0, +) / 100_000 - 0.5) < 4.6e-3)
  }
}
