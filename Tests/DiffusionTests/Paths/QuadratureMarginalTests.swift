import Diffusion
import RealModule
import Testing

@Suite struct QuadratureMarginalTests {
  /// Against the closed forms of a mixture; the quadrature's tolerance is 1e-10 of a sum.
  @Test(arguments: [0.05, 0.5, 0.99], [-2.2, 0.3, 1.7])
  func mixturesByQuadrature(t: Double, x: Double) {
    func check(_ schedule: some Schedule) {
      let path = GaussianPath(schedule: schedule)
      let exact = path.marginal(over: Examples.line)
      let found = QuadratureMarginal(path, over: Examples.line, in: -12...12)
      #expect(abs(found.logDensity(x, at: t) - exact.logDensity(x, at: t)) < 1e-9)
      #expect(abs(found.score(x, at: t) - exact.score(x, at: t)) < 1e-7 / path.variance(t))
      #expect(abs(found.field(x, at: t) - exact.field(x, at: t)) < 1e-7 / path.beta(t))
      #expect(abs(found.denoiser(x, at: t) - exact.denoiser(x, at: t)) < 1e-8)
      #expect(abs(found.posterior(0.7, given: x, at: t) - exact.posterior(0.7, given: x, at: t)) < 1e-7)
    }
    check(LinearSchedule())
    check(VariancePreservingSchedule(rates: 0.1...20))
  }

  /// Uniform data: p_t(x) = (P((x - alpha a) / beta) - P((x - alpha b) / beta)) / (alpha (b - a)), and its gradient.
  @Test(arguments: [0.2, 0.8], [-1.4, 0.1, 3.3])
  func uniformData(t: Double, x: Double) {
    let path = GaussianPath(schedule: .trigonometric)
    let (a, b) = (-0.5, 2.25)
    let marginal = QuadratureMarginal(path, over: Uniform(over: a...b), in: a...b)
    func exact<T: RealNumber>(_ x: T) -> T {
      let (alpha, beta) = (T(path.alpha(t)), T(path.beta(t)))
      let mass = normalCDF((x - alpha * T(a)) / beta) - normalCDF((x - alpha * T(b)) / beta)
      return T.log(mass / (alpha * T(b - a)))
    }
    #expect(abs(marginal.logDensity(x, at: t) - exact(x)) < 1e-8)
    let slope = derivative(at: x) { exact($0) }
    #expect(abs(marginal.score(x, at: t) - slope) < 1e-6 * max(1, abs(slope)))
    let tweedie = (x + path.variance(t) * slope) / path.alpha(t)
    #expect(abs(marginal.denoiser(x, at: t) - tweedie) < 1e-6)
  }

  /// A path whose mean curves and whose noise depends on z, over Laplace data: d_t log p + div u + u . score = 0, with
  /// derivatives carried through the integrals.
  @Test(arguments: [0.15, 0.5, 0.9], [-0.8, 1.3])
  func continuityEquationOfACurvedPath(t: Double, x: Double) {
    let marginal = QuadratureMarginal(
      CurvedPath(), over: Laplace(mean: 0.4, scale: 0.6), in: -16...16, breakpoints: [0.4])
    var (sum, size) = (0.0, 0.0)
    for (_, term) in marginal.continuityTerms(marginal.velocity, x, at: t) {
      sum += term
      size += abs(term)
    }
    #expect(abs(sum) < 1e-6 * size && size > 0.1)
    let mass = integrate(over: -60...60, panels: 8, tolerance: Tolerance(absolute: 1e-7, relative: 1e-7)) {
      x in
      marginal.density(x, at: t)
    }
    #expect(abs(mass.value - 1) < 1e-6)
  }

  /// Its flow carries N(0, 1) to the law at a later time: first moments of 200 particles.
  @Test func theFieldTransports() {
    let path = GaussianPath(schedule: .linear)
    let marginal = QuadratureMarginal(path, over: Uniform(over: 1...3), in: 1...3)
    let start = Batch<Double>((0..<40).map { normalQuantile((Double($0) + 0.5) / 40) })
    let end = simulate(
      ODE(marginal.velocity), from: start, by: .rungeKutta4, times: .uniform(to: 0.9, steps: 12)
    )
    .final
    // Monotone on the line: quantiles go to quantiles.
    for row in [0, 13, 20, 39] {
      let below = integrate(over: -8...end[row, 0]) { x in marginal.density(x, at: 0.9) }.value
      #expect(abs(below - (Double(row) + 0.5) / 40) < 1e-4)
    }
  }
}
