import Diffusion
import RealModule
import Testing

@Suite struct AdaptiveQuadratureTests {
  typealias Case = (name: String, domain: ClosedRange<Double>, f: @Sendable (Double) -> Double, exact: Double)

  static let cases: [Case] = [
    ("polynomial", -1...3, { x in 7 * .pow(x, 6) - 2 * x }, 2187 + 1 - 8),
    ("oscillating", 0...20, { x in .sin(3 * x) }, (1 - Double.cos(60)) / 3),
    ("square root", 0...1, { x in x.squareRoot() }, 2.0 / 3),
    ("logarithm", 0...1, { x in .log(x) }, -1),
    ("normal", -Double.infinity...Double.infinity, { x in .exp(-x * x / 2) }, (2 * Double.pi).squareRoot()),
    (
      "moved normal", -Double.infinity...Double.infinity, { x in .exp(-(x - 30) * (x - 30)) },
      Double.pi.squareRoot()
    ),
    ("exponential", 0...Double.infinity, { x in x * .exp(-x / 3) }, 9),
    ("left tail", -Double.infinity...(-2), { x in .exp(x) }, Double.exp(-2)),
    ("Lorentz", -Double.infinity...Double.infinity, { x in 1 / (1 + x * x) }, Double.pi),
    ("empty", 2...2, { x in x }, 0),
  ]

  @Test(arguments: cases.indices, [GaussKronrodRule.points15, .points21])
  func closedForms(index: Int, rule: GaussKronrodRule) {
    let (name, domain, f, exact) = AdaptiveQuadratureTests.cases[index]
    let result = integrate(over: domain, rule: rule, f)
    #expect(result.isConverged, "\(name): \(result.outcome)")
    #expect(abs(result.value - exact) <= result.error, "\(name): \(result) misses \(exact)")
    #expect(result.error <= 1.1e-14 + 1.1e-10 * abs(exact), "\(name)")
  }

  /// Peaks down to 1e-5 of the range, named by their place; and what happens to one that is not.
  @Test(arguments: [1e-1, 1e-2, 1e-3, 1e-4])
  func aNamedPeakIsFound(width: Double) {
    let center = 3.21
    let f = { (x: Double) in Double.exp(-(x - center) * (x - center) / (2 * width * width)) }
    let exact = width * (2 * Double.pi).squareRoot()
    let result = integrate(over: -12...12, peaks: [center], f)
    #expect(result.isConverged && abs(result.value - exact) <= max(result.error, 1e-10 * exact))
  }

  @Test func peaksAndBreakpointsOfInfiniteRanges() {
    let narrow = integrate(over: -Double.infinity...Double.infinity, peaks: [50]) { x in
      Double.exp(-(x - 50) * (x - 50) / (2 * 0.001 * 0.001))
    }
    #expect(abs(narrow.value - 0.001 * (2 * Double.pi).squareRoot()) < 1e-12)
    let jump = integrate(over: 0...Double.infinity, breakpoints: [2.5]) { x in
      x < 2.5 ? 1 : Double.exp(2.5 - x)
    }
    #expect(jump.isConverged && abs(jump.value - 3.5) < 1e-11)
  }

  @Test func vectorsAndDerivativesAreIntegratedAlong() {
    let vector = integrate(over: 0...2) { x in Vector([x, x * x, Double.exp(x)]) }
    #expect((vector.value - [2, 8.0 / 3, Double.exp(2) - 1]).largestMagnitude < 1e-13)
    // d/da int_0^1 exp(a x) dx = ((a - 1) e^a + 1) / a^2.
    let a = 1.7
    let slope = derivative(at: a) { a in integrate(over: 0...1) { x in exp(a * Dual(x)) }.value }
    #expect(abs(slope - ((a - 1) * Double.exp(a) + 1) / (a * a)) < 1e-13)
  }

  /// An odd integrand: no relative error can be reached, and a few evaluations tell so.
  @Test func aZeroIntegralEndsAtRounding() {
    let odd = integrate(over: -3...3, tolerance: Tolerance(absolute: 0, relative: 1e-10)) { x in
      x * Double.exp(x * x)
    }
    #expect(odd.outcome == .roundoff && abs(odd.value) <= odd.error)
    #expect(odd.error < 1e-9 && odd.evaluations < 5000)
  }

  @Test func failuresAreToldApart() {
    let divergent = integrate(over: 0...1) { x in 1 / x }
    #expect(!divergent.isConverged)
    let undefined = integrate(over: -1...1) { x in Double.log(x) }
    guard case .notFinite(let place) = undefined.outcome else {
      Issue.record("the logarithm of negative numbers went unnoticed: \(undefined)")
      return
    }
    #expect(place < 0 && undefined.error == .infinity)
    let short = integrate(over: 0...1, tolerance: Tolerance(absolute: 0, relative: 1e-12), budget: 400) { x in
      Double.sin(1 / (x + 1e-3))
    }
    #expect(short.outcome == .exhausted && short.error > 1e-12)
  }
}
