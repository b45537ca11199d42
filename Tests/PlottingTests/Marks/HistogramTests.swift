import Testing

@testable import Plotting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct HistogramTests {
  /// n samples at i / n: the quartiles are 1/4 and 3/4 apart, so the width is n^(-1/3) and the bins n^(1/3).
  @Test(arguments: [1000, 8000, 27_000])
  func freedmanDiaconis(count: Int) {
    let samples = (0..<count).map { Double($0) / Double(count) }
    let bins = Histogram.freedmanDiaconis(samples, 0, 1)
    var cube = 1.0
    while cube * cube * cube < Double(count) - 0.5 { cube += 1 }
    #expect(abs(Double(bins) - cube) <= 1)
  }

  @Test func densityHasAreaOne() {
    let histogram = Histogram(
      (0..<500).map { Double(($0 * 7919) % 1009) }, bins: nil, range: nil, isDensity: true, label: "",
      color: nil)
    let area = histogram.heights.indices.reduce(0.0) {
      $0 + histogram.heights[$1] * (histogram.edges[$1 + 1] - histogram.edges[$1])
    }
    #expect(abs(area - 1) < 1e-12)
  }

  @Test func countsAndWhatIsLeftOut() {
    let histogram = Histogram(
      [0, 0.1, 0.5, 1, 5, .nan, .infinity], bins: 2, range: 0...1, isDensity: false, label: "", color: nil)
    #expect(histogram.heights == [2, 2], "0.5 and the upper end belong to the second bin")
    #expect(histogram.dropped == 3)
  }

  @Test(arguments: [[], [3.0], [2, 2, 2], [.nan]])
  func degenerateSamples(samples: [Double]) throws {
    let figure = Figure().histogram(samples).size(120, 100)
    #expect(try !figure.render(scale: 1).isEmpty)
  }
}

@Suite struct KernelDensityTests {
  /// The binned estimate against the sum over all samples.
  @Test func agreesWithTheDefinition() {
    let samples: [Double] = (0..<300).map { index in
      let even = Double((index * 7919) % 1009) / 1009
      return index % 3 == 0 ? even + 1.5 : even
    }
    let bandwidth = 0.1
    let curve = KernelDensity.curve(samples, bandwidth: bandwidth)
    for index in stride(from: 0, to: curve.x.count, by: 37) {
      let terms = samples.map { sample -> Double in
        let z = (curve.x[index] - sample) / bandwidth
        return exp(-z * z / 2)
      }
      let exact = terms.reduce(0, +) / (300 * bandwidth * (2 * Double.pi).squareRoot())
      // Linear binning with a twentieth of a bandwidth errs by (step/h)^2 / 8.
      #expect(abs(curve.y[index] - exact) < 2e-3)
    }
    let step = curve.x[1] - curve.x[0]
    #expect(abs(curve.y.reduce(0, +) * step - 1) < 2e-3)
  }

  @Test func planeIntegratesToOne() throws {
    let x: [Double] = (0..<400).map { Double(($0 * 31) % 101) / 101 }
    let y: [Double] = (0..<400).map { Double(($0 * 17) % 97) / 97 }
    let field = try #require(KernelDensity.field(x, y, bandwidth: 0.05, over: nil, nodes: 96))
    let cell = (field.x(1) - field.x(0)) * (field.y(1) - field.y(0))
    #expect(abs(field.values.reduce(0, +) * cell - 1) < 0.02)  // 2.5 bandwidths of margin leave out 1 %
  }

  /// Silverman's rule for a normal sample: 0.9 s n^(-1/5), as its quartiles are 1.34 s apart.
  @Test func bandwidth() {
    let sorted = (1..<1000).map { quantile(Double($0) / 1000) }
    #expect(abs(KernelDensity.bandwidth(sorted) - 0.9 * 0.2512) < 0.005)
  }
}

/// The normal quantile by Abramowitz and Stegun, 26.2.23: within 4.5e-4.
private func quantile(_ p: Double) -> Double {
  if p > 0.5 { return -quantile(1 - p) }
  let t = (-2 * log(p)).squareRoot()
  let over = 2.515517 + 0.802853 * t + 0.010328 * t * t
  return -(t - over / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t))
}
