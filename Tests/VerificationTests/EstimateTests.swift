import Glibc
import Testing
import Verification

@Suite struct EstimateTests {
  /// Linear addition: a - a of an uncertain a keeps twice its error, since nothing says they cancel.
  @Test func errorsAddLinearly() {
    let a = Estimate(2, truncation: 0.1)
    let b = Estimate(3, standardError: 0.2, samples: 100)
    #expect((a + a).truncation == 0.2)
    #expect((a - a).truncation == 0.2)
    #expect(abs((a * b).standardError - 0.4) < 1e-15)
    #expect((a * b).truncation >= 0.3)
    #expect((b / b).standardError > 0.13 && (b / b).samples == 100)
    #expect((a + b).kind == .statistical(samples: 100))
    #expect(a.kind == .truncation)
  }

  /// The running bound covers the true rounding error: 10^5 additions of 0.1, whose exact sum is
  /// 10^5 times the double nearest 0.1.
  @Test func roundingIsBounded() {
    var sum = Estimate(0)
    for _ in 0..<100_000 { sum = sum + 0.1 }
    // 0.1 as a double is 3602879701896397 / 2^55; 10^5 times it, rounded once.
    let exact = 1e5 * 0.1
    #expect(abs(sum.value - exact) <= sum.rounding + exact.ulp)
    #expect(sum.rounding < 1e-6)
    #expect(sum.kind == .rounding)
  }

  @Test func functionsAmplifyByTheDerivative() {
    let a = Estimate(4, truncation: 1e-3)
    #expect(abs(a.squareRoot().truncation - 2.5e-4) < 1e-12)
    #expect(abs(a.logarithm().truncation - 2.5e-4) < 1e-12)
    #expect(abs(a.exponential().truncation - 1e-3 * exp(4)) < 1e-9)
  }

  @Test func aDivisorThatMayBeZero() {
    #expect((Estimate(1) / Estimate(0.1, truncation: 0.2)).truncation == .infinity)
  }

  /// Known values: the Gaussian integral, and a peak of width 1e-5.
  @Test func integrals() {
    let mass = integral(over: -8...8) { x in exp(-x * x) }
    #expect(abs(mass.value - Double.pi.squareRoot()) <= mass.error + 1e-15)
    #expect(mass.error < 1e-9)
    let narrow = integral(over: -12...12, peaks: [0.3]) { x in exp(-(x - 0.3) * (x - 0.3) * 1e10) }
    #expect(abs(narrow.value - 1e-5 * Double.pi.squareRoot()) <= narrow.error + 1e-17)
    #expect(narrow.error < 1e-12)
  }

  /// A peak between wide and as narrow as can be seen, smooth or odd about the place that is named.
  @Test(arguments: [1e-7, 1e-5, 1e-3, 0.02, 0.3], [0.0, 1])
  func namedPeaksAreFound(_ width: Double, _ power: Double) {
    let peak = integral(over: -12...12, peaks: [0.3]) { x in
      let y = (x - 0.3) / width
      return (1 + power * y + power * y * y) * exp(-y * y / 2) / width
    }
    let exact = (1 + power) * sqrt(2 * Double.pi)
    #expect(abs(peak.value - exact) <= 10 * peak.error + 1e-14, "\(peak) \(exact)")
    #expect(peak.error < 1e-7)
  }

  @Test func anExpectationNeedsTheWholeMass() {
    let half = expectation(over: 0...8, density: { exp(-$0 * $0) / Double.pi.squareRoot() }) { z in z }
    #expect(half.truncation == .infinity)
    let whole = expectation(over: -8...8, density: { exp(-$0 * $0) / Double.pi.squareRoot() }) { z in z * z }
    #expect(abs(whole.value - 0.5) < 1e-12 && whole.error < 1e-9)
  }

  /// The integral of c |z - a| is c (a^2 + (1 - a)^2) / 2, to nine digits at any size c.
  @Test(arguments: [1e-200, 1e-18, 1, 1e200])
  func integralsOfAnySize(_ c: Double) {
    let a = 0.37
    let estimate = integral(over: 0...1) { z in c * abs(z - a) }
    let exact = c * (a * a + (1 - a) * (1 - a)) / 2
    #expect(abs(estimate.value - exact) <= 10 * estimate.error)
    #expect(estimate.error <= 1e-8 * exact)
  }
}
