import Diffusion
import RealModule
import Testing

/// a(s) = -1/2 - s, b(s) = (1 + s, -2 s), g(s) = 0.3 + s: nothing constant, nothing in closed form.
struct Restless: LinearProcess {
  func rate<T: RealNumber>(_ s: T) -> T { -0.5 - s }
  func diffusion<T: RealNumber>(_ s: T) -> T { 0.3 + s }
  func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P {
    P(count: dimension) { $0 == 0 ? 1 + s : -2 * s }
  }
}

/// The same process as another, its integrals left to quadrature.
private struct ByQuadrature<L: LinearProcess>: LinearProcess {
  let base: L
  func rate<T: RealNumber>(_ s: T) -> T { base.rate(s) }
  func diffusion<T: RealNumber>(_ s: T) -> T { base.diffusion(s) }
  func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P { base.forcing(dimension, at: s) }
}

@Suite struct LinearProcessTests {
  /// scipy.integrate.solve_ivp (DOP853, rtol 1e-13) on the equations of the moments.
  @Test func momentsByTheIntegratingFactor() {
    let law = Restless().transition(from: [0.7, -1.3], at: 0.2, to: 1.1)
    #expect(abs(law.mean[0] - 1.155901465957643) < 1e-11)
    #expect(abs(law.mean[1] - -1.2264027728822766) < 1e-11)
    #expect(abs(law.covariance[0, 0] - 0.4267322239962963) < 1e-11)
    #expect(law.covariance[0, 1] == 0)
    let factor: Double = Restless().factor(from: 0.2, to: 1.1)
    #expect(abs(factor - 0.3552263809249515) < 1e-12)
  }

  /// d/du of mean and variance are a m + b and 2 a v + g^2, at ends that are dual numbers.
  @Test(arguments: [0.4, 0.9, 1.6])
  func momentsSatisfyTheirEquations(u: Double) {
    let (process, s) = (Restless(), 0.2)
    let x: Vector<Double> = [0.7, -1.3]
    let mean = process.mean(of: x.lifted, from: s.lifted, to: Dual(u, 1))
    let variance = process.variance(from: s.lifted, to: Dual(u, 1))
    let g = process.diffusion(u)
    let drift = process.drift(Vector(mean.coordinates.map(\.value)), at: u)
    for i in 0..<2 { #expect(abs(mean[i].derivative - drift[i]) < 1e-10) }
    #expect(abs(variance.derivative - (2 * process.rate(u) * variance.value + g * g)) < 1e-10)
  }

  /// Chapman-Kolmogorov: two transitions are one, for a process by quadrature and for one in closed form.
  @Test func transitionsCompose() {
    func check(_ process: some LinearProcess, _ times: (Double, Double, Double)) {
      let (s, r, u) = times
      let x: Vector<Double> = [0.4, -2]
      let direct = process.transition(from: x, at: s, to: u)
      let twice = process.law(from: process.transition(from: x, at: s, to: r), at: r, to: u).components[0]
      #expect((direct.mean - twice.mean).largestMagnitude < 1e-11, "\(process)")
      #expect(abs(direct.covariance[1, 1] - twice.covariance[1, 1]) < 1e-11, "\(process)")
    }
    check(Restless(), (0.2, 0.9, 1.3))
    check(OrnsteinUhlenbeck(theta: 1.7, mean: [0.5, -1], deviation: 0.8), (0.2, 0.9, 1.3))
    check(BrownianMotion(deviation: 1.4, velocity: [2, -0.3]), (0.2, 0.9, 1.3))
    check(ForwardProcess(.variancePreserving()), (0.1, 0.3, 0.6))
    check(ForwardProcess(.subVariancePreserving(0.3...7)), (0.1, 0.3, 0.6))
  }

  /// Closed forms against quadrature of the same coefficients.
  @Test func closedFormsAgreeWithQuadrature() {
    func check(_ process: some LinearProcess, _ s: Double, _ u: Double) {
      let other = ByQuadrature(base: process)
      let x: Vector<Double> = [0.4, -2]
      let (exact, integrated) = (
        process.transition(from: x, at: s, to: u), other.transition(from: x, at: s, to: u)
      )
      let scale = max(1, exact.covariance[0, 0])
      #expect((exact.mean - integrated.mean).largestMagnitude < 1e-10, "\(process)")
      #expect(abs(exact.covariance[0, 0] - integrated.covariance[0, 0]) < 1e-10 * scale, "\(process)")
    }
    check(OrnsteinUhlenbeck(theta: 1.7, mean: [0.5, -1], deviation: 0.8), 0.3, 2.1)
    check(BrownianMotion(deviation: 1.4, velocity: [2, -0.3]), 0.3, 2.1)
    check(ForwardProcess(.variancePreserving()), 0.05, 0.7)
    check(ForwardProcess(.subVariancePreserving()), 0.05, 0.7)
    check(ForwardProcess(.varianceExploding(0.1...9)), 0.05, 0.9)
    check(ForwardProcess(.linear), 0.05, 0.9)
    check(ForwardProcess(.cosine()), 0.05, 0.9)
  }

  /// The coefficients Song et al. give: VP a = -b/2, g^2 = b; sub-VP g^2 = b (1 - exp(-2B)); VE g^2 = d sigma^2/ds.
  @Test(arguments: [0.02, 0.4, 0.95])
  func coefficientsOfTheKnownProcesses(s: Double) {
    let b = 0.1 + s * 19.9
    let integral = 0.1 * s + 19.9 * s * s / 2
    let preserving = ForwardProcess(.variancePreserving(0.1...20))
    #expect(abs(preserving.rate(s) + b / 2) < 1e-13 * b)
    #expect(abs(preserving.diffusion(s) * preserving.diffusion(s) - b) < 1e-12 * b)
    let sub = ForwardProcess(.subVariancePreserving(0.1...20))
    let expected = -b * Double.expMinusOne(-2 * integral)
    #expect(abs(sub.diffusion(s) * sub.diffusion(s) - expected) < 1e-11 * b)
    let exploding = ForwardProcess(.varianceExploding(0.02...30))
    let growth = 2 * Double.log(1500) * 0.0004 * Double.pow(1500, 2 * s)
    #expect(exploding.rate(s) == 0)
    #expect(abs(exploding.diffusion(s) * exploding.diffusion(s) - growth) < 1e-11 * growth)
  }

  /// There and back: the schedule of a schedule's process is the schedule, and its marginals are the process's.
  @Test(arguments: [0.1, 0.5, 0.97])
  func schedulesAndProcessesCorrespond(t: Double) {
    let preserving = VariancePreservingSchedule(rates: 0.1...20)
    let again = ProcessSchedule(ForwardProcess(preserving))
    #expect(abs(again.alpha(t) - preserving.alpha(t)) < 1e-15)
    #expect(abs(again.variance(t) - preserving.variance(t)) < 1e-15)
    #expect(abs(again.alphaDerivative(t) - preserving.alphaDerivative(t)) < 1e-13)
    #expect(abs(again.varianceGrowth(t) - preserving.varianceGrowth(t)) < 1e-13)

    // A process says whether it is forced, or its forcing does.
    #expect(Restless().isForced && BrownianMotion(velocity: [1]).isForced && !BrownianMotion().isForced)
    #expect(OrnsteinUhlenbeck(theta: 1, mean: [0, 2], deviation: 1).isForced)
    #expect(!ForwardProcess(preserving).isForced)
    let process = OrnsteinUhlenbeck(theta: 0.9, mean: [0, 0], deviation: 1.3)
    let schedule = ProcessSchedule(process, horizon: 2.5)
    let marginal = GaussianPath(schedule: schedule).marginal(over: Examples.plane)
    let law = process.law(from: Examples.plane, at: 0, to: 2.5 * (1 - t))
    let x: Vector<Double> = [0.3, -0.8]
    #expect(abs(marginal.logDensity(x, at: t) - law.logDensity(x)) < 1e-13)
    let derivative = Diffusion.derivative(at: t) { schedule.alpha($0) }
    #expect(abs(schedule.alphaDerivative(t) - derivative) < 1e-14)
    let growth = Diffusion.derivative(at: t) { schedule.variance($0) } / 2
    #expect(abs(schedule.varianceGrowth(t) - growth) < 1e-14)
  }

  /// Euler-Maruyama on the process's own equation gives its law: 5 standard errors and a step's bias.
  @Test func theEquationHasTheLaw() {
    let process = Restless()
    let n = 10_000
    let start = Batch<Double>([Vector<Double>](repeating: [0.7, -1.3], count: n))
    let final = simulate(
      process.dynamics, from: start, by: .stochasticHeun, times: .uniform(from: 0.2, to: 1.1, steps: 40),
      stream: RandomStream(seed: 5)
    ).final
    let law = process.transition(from: [0.7, -1.3], at: 0.2, to: 1.1)
    let variance = law.covariance[0, 0]
    for i in 0..<2 {
      #expect(abs(final.mean[i] - law.mean[i]) < 5 * (variance / Double(n)).squareRoot() + 1e-3)
      #expect(abs(final.covariance[i, i] - variance) < 5 * variance * (2 / Double(n)).squareRoot() + 1e-3)
    }
  }

  @Test func ornsteinUhlenbeckForgets() {
    let process = OrnsteinUhlenbeck(theta: 1.7, mean: [0.5, -1], deviation: 0.8)
    let late = process.transition(from: [40, -30], at: 0, to: 30)
    #expect((late.mean - process.stationaryLaw.mean).largestMagnitude < 1e-14)
    #expect(abs(late.covariance[0, 0] - 0.64 / 3.4) < 1e-15)
    // Two starts approach by the factor asked for.
    let time = process.mixingTime(to: 0.01)
    let gap = process.transition(from: [3, 0], at: 0, to: time).mean[0]
    let other = process.transition(from: [-1, 0], at: 0, to: time).mean[0]
    #expect(abs(gap - other - 0.04) < 1e-14)
    #expect(abs(process.covariance(0.5, 1.25, from: 0) - process.covariance(1.25, 0.5, from: 0)) < 1e-16)
    let covariance = process.variance(from: 0, to: 0.5) * Double.exp(-1.7 * 0.75)
    #expect(abs(process.covariance(0.5, 1.25, from: 0) - covariance) < 1e-16)
  }
}
