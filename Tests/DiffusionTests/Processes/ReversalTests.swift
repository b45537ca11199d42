import Diffusion
import RealModule
import Testing

/// |sum| / sum of |terms|: 0 where an equation holds, of order 1 where it does not.
func imbalance(_ terms: KeyValuePairs<String, Double>) -> Double {
  abs(terms.reduce(0) { $0 + $1.value }) / terms.reduce(0) { $0 + abs($1.value) }
}

/// A coefficient that varies, for the equations with a free choice of noise.
private struct Swelling: DiffusionCoefficient {
  func callAsFunction<T: RealNumber>(at t: T) -> T { 0.4 + t * t }
}

/// k(t) = 1.2 - t^2: decreasing, and not 1 - t.
private struct Braking: TimeChange {
  func callAsFunction<T: RealNumber>(_ t: T) -> T { 1.2 - t * t }
}

/// dX_i = 0.3 X_i dt + (0.5 + X_i^2 / 4 (1 + t)) dW_i.
private struct Bowl: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { 0.5 + x[$0] * x[$0] / 4 * (1 + t) }
  }
}

private struct Growth: Field {
  let factor: Double
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P.Scalar(factor) * x }
}

/// A full matrix that depends on every coordinate, so that each factor of div D counts.
private struct Twist: MatrixField {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix([[1 + x[0] * x[1], 0.3 * x[1]], [P.Scalar.sin(x[0]), 0.8 + t * x[0]]])
  }
}

@Suite struct ReversalTests {
  static let process = Restless()
  static let path = ProcessPath(process, from: Examples.plane, at: 0.2)
  static let points: [(Vector<Double>, Double)] = [
    ([0.3, -0.8], 0.5), ([-1.2, 0.4], 0.9), ([1.5, 1], 1.15),
  ]

  /// Process, probability flow, and the flow with other noise have the same densities: exact identities, to
  /// the accuracy of the quadrature in the moments.
  @Test func theDerivedEquationsShareTheMarginals() {
    let path = ReversalTests.path
    let forward = ReversalTests.process.dynamics
    let flow = forward.probabilityFlow(score: path.scoreField)
    let other = flow.diffused(by: Swelling(), score: path.scoreField)
    for (x, s) in ReversalTests.points {
      #expect(imbalance(path.fokkerPlanckTerms(forward, x, at: s)) < 1e-10)
      #expect(imbalance(path.continuityTerms(flow.drift, x, at: s)) < 1e-10)
      #expect(imbalance(path.fokkerPlanckTerms(other, x, at: s)) < 1e-10)
      // The residual sees an error: the flow with the whole square in place of half of it.
      let wrong = ScoredField(
        forward.drift, plus: -1, times: forward.diffusion, squaredTimes: path.scoreField)
      #expect(imbalance(path.continuityTerms(wrong, x, at: s)) > 1e-2)
    }
  }

  /// Turned round, at any pace, the reversed process satisfies the Fokker-Planck equation of the reversed path.
  @Test func theReversedProcessRunsThePathBackwards() {
    let path = ReversalTests.path
    let backward = ReversalTests.process.dynamics.reversed(score: path.scoreField)
    for t in [0.15, 0.5, 0.85] {
      let x: Vector<Double> = [0.3, -0.8]
      let flipped = RetimedPath(path, by: Countdown(from: 1.2))
      #expect(imbalance(flipped.fokkerPlanckTerms(backward.flipped(at: 1.2), x, at: t)) < 1e-10)
      let braked = RetimedPath(path, by: Braking())
      #expect(imbalance(braked.fokkerPlanckTerms(backward.retimed(by: Braking()), x, at: t)) < 1e-10)
    }
  }

  /// Nelson: f^+ - f^- = sigma^2 s at one time; f^-(y, r) + f^+(y, T - r) = sigma^2 s_{T-r} turned round.
  @Test func nelsonsRelation() {
    let path = ReversalTests.path
    let forward = ReversalTests.process.dynamics
    let backward = forward.reversed(score: path.scoreField)
    let flipped = backward.flipped(at: 1.4)
    for (x, s) in ReversalTests.points {
      let sigma = forward.diffusion(at: s)
      let expected = sigma * sigma * path.scoreField(x, at: s)
      let difference = forward.drift(x, at: s) - backward.drift(x, at: s)
      let sum = flipped.drift(x, at: 1.4 - s) + forward.drift(x, at: s)
      #expect((difference - expected).largestMagnitude < 1e-12)
      #expect((sum - expected).largestMagnitude < 1e-12)
    }
  }

  /// The reversal has the joint law of the process: covariances across time, for a stationary process where
  /// they are sigma^2 / (2 theta) exp(-theta |s - u|). 5 standard errors and a step's bias.
  @Test func theReversalHasTheJointLaw() {
    let process = OrnsteinUhlenbeck(theta: 1.4, mean: [0.6, -0.3], deviation: 0.9)
    let law = process.stationaryLaw
    let n = 8_000
    let backward = process.dynamics.reversed(score: DensityScore(of: law))
    let run = simulate(
      backward, from: law.samples(Double.self, count: n, from: RandomStream(seed: 11)), by: .stochasticHeun,
      times: .uniform(from: 1, to: 0, steps: 20), saving: .every(10), stream: RandomStream(seed: 11, path: 1))
    #expect(run.times == [1, 0.5, 0])
    let v = process.stationaryVariance
    for (early, late, gap) in [(1, 0, 0.5), (2, 0, 1.0)] {
      var sum = 0.0
      for row in 0..<n { sum += (run.states[early][row, 0] - 0.6) * (run.states[late][row, 0] - 0.6) }
      let expected = v * Double.exp(-1.4 * gap)
      let error = ((v * v + expected * expected) / Double(n)).squareRoot()
      #expect(abs(sum / Double(n) - expected) < 5 * error + 2e-3 * v)
    }
    #expect(abs(run.final.mean[1] + 0.3) < 5 * (v / Double(n)).squareRoot())
  }

  /// From noise to a mixture by the reversed VP process with a rate that varies 200-fold; Kolmogorov-Smirnov
  /// against the exact law at s = 0.02, with 2.6 / sqrt(n) for chance and 0.004 for the steps.
  @Test func samplingByTheReversedProcess() {
    let process = ForwardProcess(.variancePreserving(0.1...20))
    let path = ProcessPath(process, from: Examples.line)
    let n = 10_000
    let steps = 400
    let marginal = GaussianPath(schedule: .variancePreserving(0.1...20)).marginal(over: Examples.line)
    let final = simulate(
      process.dynamics.reversed(score: process.score(of: marginal)),
      from: path.law(at: 1).samples(Double.self, count: n, from: RandomStream(seed: 4)), by: .stochasticHeun,
      times: TimeGrid((0...steps).map { 0.02 + 0.98 * Double(steps - $0) / Double(steps) }),
      stream: RandomStream(seed: 4, path: 1)
    ).final
    let law = path.law(at: 0.02)
    let distance = final.column(0).sorted().enumerated().reduce(0.0) { worst, pair in
      larger(worst, abs(law.cdf(pair.element) - (Double(pair.offset) + 0.5) / Double(n)))
    }
    #expect(distance < 2.6 / Double(n).squareRoot() + 0.004, "KS distance \(distance)")
  }

  /// With noise that depends on the state: if p satisfies the Fokker-Planck equation of one equation, then
  /// that of the derived ones. Equivalently, flow and process have the same generator on p, term by term.
  @Test(arguments: [0.2, 0.7])
  func stateDependentNoise(t: Double) {
    let marginal = GaussianPath(schedule: .cosine()).marginal(over: Examples.plane)
    func check<D: ItoDynamics>(_ dynamics: D) {
      let flow = dynamics.probabilityFlow(score: marginal.scoreField)
      for (x, _) in ReversalTests.points {
        let process = marginal.fokkerPlanckTerms(dynamics, x, at: t)
        let transported = marginal.continuityTerms(flow.drift, x, at: t)
        let scale = process.reduce(0) { $0 + abs($1.value) }
        let difference = process.reduce(0) { $0 + $1.value } - transported.reduce(0) { $0 + $1.value }
        #expect(abs(difference) < 1e-12 * scale, "\(D.self) at \(x)")
      }
    }
    check(DiagonalSDE(drift: Growth(factor: 0.3), diffusion: Bowl()))
    check(MatrixSDE(drift: Growth(factor: -0.8), diffusion: Twist()))
    // Reversing a reversal gives the process back.
    let process = MatrixSDE(drift: Growth(factor: -0.8), diffusion: Twist())
    let backward = process.reversed(score: marginal.scoreField)
    for (x, _) in ReversalTests.points {
      let sum =
        process.drift(x, at: t) + backward.drift(x, at: t)
        - 2 * process.probabilityFlow(score: marginal.scoreField).drift(x, at: t)
      #expect(sum.largestMagnitude < 1e-12)
    }
  }

  /// Geometric Brownian motion, whose densities are log-normal: the flow moves quantiles to quantiles,
  /// log x_t = m_t + sqrt(v_t / v_0) (log x_0 - m_0), m_t = m_0 + (mu - sigma^2/2) t, v_t = v_0 + sigma^2 t.
  @Test func flowOfGeometricBrownianMotion() {
    struct LogNormalScore: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
        P(count: x.count) { i in
          let v = 0.3 + 0.36 * t
          return -(1 + (P.Scalar.log(x[i]) - 0.2 - (0.5 - 0.18) * t) / v) / x[i]
        }
      }
    }
    let process = DiagonalSDE(drift: Growth(factor: 0.5), diffusion: Growth(factor: 0.6))
    let flow = process.probabilityFlow(score: LogNormalScore())
    let start = Batch<Double>([0.3, 1.1, 2.9])
    let final = simulate(
      flow, from: start, by: .dormandPrince(tolerance: Tolerance(absolute: 1e-11, relative: 1e-11)),
      times: .uniform(steps: 1)
    ).final
    for row in 0..<3 {
      let expected = 0.52 + (0.66 / 0.3).squareRoot() * (Double.log(start[row, 0]) - 0.2)
      #expect(abs(Double.log(final[row, 0]) - expected) < 1e-8)
    }
  }
}
