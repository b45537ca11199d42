import Diffusion
import Testing
import Verification

@Suite struct OrderTests {
  /// y' = -y from 1 to time 1, by the explicit methods of order 1, 2, 4.
  static func solve(_ order: Int, _ h: Double) -> Double {
    let steps = Int((1 / h).rounded())
    var growth = 1.0
    var term = 1.0
    for k in 1...order {
      term *= -h / Double(k)
      growth += term
    }
    return (0..<steps).reduce(1.0) { y, _ in y * growth }
  }

  @Test(arguments: [1, 2, 4])
  func findsTheOrder(_ order: Int) {
    let check = verifyOrder("eq-order", of: Double(order)) { h in Self.solve(order, h) - exp(-1) }
    #expect(check.verdict == .verified, "\(check)")
    #expect(check.convergence.count == 8)
    let wrong = verifyOrder("eq-order", of: Double(order) + 1) { h in Self.solve(order, h) - exp(-1) }
    #expect(wrong.verdict == .refuted, "\(wrong)")
    #expect(wrong.diagnosis == "the order is \(order)")
  }

  @Test func nothingIsSaidOfNoise() {
    let check = verifyOrder("eq-noise", of: 2) { h in Estimate(h * h * 1e-3, standardError: 1e-3, samples: 10)
    }
    #expect(check.verdict == .inconclusive, "\(check)")
  }

  /// h + 100 h^2 looks like order 2 until h is small.
  @Test func theAsymptoticRangeIsAwaited() {
    let check = verifyOrder("eq-late", of: 1, levels: 6) { h in h + 100 * h * h }
    #expect(check.verdict == .inconclusive, "\(check)")
    let later = verifyOrder("eq-late", of: 1, from: 1e-3, levels: 8) { h in h + 100 * h * h }
    #expect(later.verdict == .verified, "\(later)")
  }
}
