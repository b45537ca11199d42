import Diffusion
import RealModule
import Testing

@Suite struct BridgeTests {
  @Test(arguments: [0.4, 0.8, 1.7])
  func brownianBridge(s: Double) {
    let bridge = Bridge(of: BrownianMotion(deviation: 1.3), from: [0.5, -1], to: [2, 0.3], over: 0.3...1.9)
    let share = (s - 0.3) / 1.6
    #expect((bridge.mean(at: s) - [0.5 + share * 1.5, -1 + share * 1.3]).largestMagnitude < 1e-14)
    #expect(abs(bridge.variance(at: s) - 1.69 * (s - 0.3) * (1.9 - s) / 1.6) < 1e-14)
    // A constant drift does not move a bridge.
    let drifting = Bridge(
      of: BrownianMotion(deviation: 1.3, velocity: [4, -2]), from: [0.5, -1], to: [2, 0.3], over: 0.3...1.9)
    #expect((drifting.mean(at: s) - bridge.mean(at: s)).largestMagnitude < 1e-14)
    // The drift is (to - x) / (end - s).
    let x: Vector<Double> = [1, 1]
    let drift = bridge.dynamics.drift(x, at: s)
    #expect((drift - [1 / (1.9 - s), -0.7 / (1.9 - s)]).largestMagnitude < 1e-13)
  }

  /// About its mean m: sinh(theta (T - s)) / sinh(theta T) a + sinh(theta s) / sinh(theta T) b, with variance
  /// sigma^2/theta sinh(theta s) sinh(theta (T - s)) / sinh(theta T).
  @Test(arguments: [0.2, 1.1])
  func ornsteinUhlenbeckBridge(s: Double) {
    let process = OrnsteinUhlenbeck(theta: 1.6, mean: 0.4, deviation: 0.9)
    let bridge = Bridge(of: process, from: -1, to: 2, over: 0...1.5)
    let whole = Double.sinh(1.6 * 1.5)
    let (left, right) = (Double.sinh(1.6 * (1.5 - s)), Double.sinh(1.6 * s))
    #expect(abs(bridge.mean(at: s)[0] - (0.4 + (left * -1.4 + right * 1.6) / whole)) < 1e-14)
    #expect(abs(bridge.variance(at: s) - 0.81 / 1.6 * left * right / whole) < 1e-14)
  }

  /// The conditioned equation has the bridge's law: its densities satisfy the Fokker-Planck equation, also for
  /// a process whose moments are found by quadrature.
  @Test func theConditionedEquationHasTheLaw() {
    struct BridgePath<L: LinearProcess>: DensityPath {
      let bridge: Bridge<L>
      func logDensity<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar {
        typealias T = P.Scalar
        let (process, start, end) = (bridge.process, T(bridge.times.lowerBound), T(bridge.times.upperBound))
        let from = P(count: x.count) { T(bridge.from[$0]) }
        let to = P(count: x.count) { T(bridge.to[$0]) }
        return process.logDensity(x, at: s, given: from, at: start)
          + process.logDensity(to, at: end, given: x, at: s)
          - process.logDensity(to, at: end, given: from, at: start)
      }
    }
    func check<L: LinearProcess>(_ process: L) {
      let bridge = Bridge(of: process, from: [0.5, -1], to: [1.2, 0.3], over: 0.2...1.4)
      let path = BridgePath(bridge: bridge)
      for s in [0.5, 1.1] {
        let x: Vector<Double> = [0.8, -0.2]
        #expect(imbalance(path.fokkerPlanckTerms(bridge.dynamics, x, at: s)) < 1e-9, "\(L.self)")
        #expect(abs(path.logDensity(x, at: s) - bridge.law(at: s).logDensity(x)) < 1e-10, "\(L.self)")
      }
    }
    check(BrownianMotion(deviation: 1.3))
    check(OrnsteinUhlenbeck(theta: 1.6, mean: [0.4, -0.7], deviation: 0.9))
    check(Restless())
  }

  /// Exact paths: ends met, means and covariance across time within 5 standard errors.
  @Test func paths() {
    let process = OrnsteinUhlenbeck(theta: 1.6, mean: 0.4, deviation: 0.9)
    let bridge = Bridge(of: process, from: -1, to: 2, over: 0...1.5)
    let n = 10_000
    let states = bridge.paths(Double.self, count: n, at: [0, 0.4, 1.1, 1.5], stream: RandomStream(seed: 6))
    #expect(states[0][7, 0] == -1)
    #expect(states[3].column(0).allSatisfy { abs($0 - 2) < 1e-12 })
    let (u, v) = (bridge.variance(at: 0.4), bridge.variance(at: 1.1))
    let c = bridge.covariance(0.4, 1.1)
    #expect(abs(states[1].mean[0] - bridge.mean(at: 0.4)[0]) < 5 * (u / Double(n)).squareRoot())
    #expect(abs(states[2].covariance[0, 0] - v) < 5 * v * (2 / Double(n)).squareRoot())
    let pairs = Batch(
      elements: zip(states[1].column(0), states[2].column(0)).flatMap { [$0, $1] }, dimension: 2)
    #expect(abs(pairs.covariance[0, 1] - c) < 5 * ((u * v + c * c) / Double(n)).squareRoot())
  }

  /// Probabilities by mpmath, for Brownian motion of deviation 1.7 from x = 0.4 at s = 0.3 to s = 1, down to
  /// where they underflow.
  @Test(arguments: [
    (-1.0, 0.5, -1.0063713377497501441), (1, 2.5, -1.3217862354457145804), (-3, -2.8, -5.5686099507851387527),
    (30, 31, -220.50639690486891618), (2, .infinity, -2.037829483953018469),
    (60, .infinity, -882.59852007967944897),
  ])
  func probabilitiesOfSlabs(low: Double, high: Double, expected: Double) {
    let event = TerminalSlab(of: BrownianMotion(deviation: 1.7), in: low...high, time: 1)
    #expect(abs(event.logValue(0.4, at: 0.3) / expected - 1) < 1e-13)
    let mirrored = TerminalSlab(of: BrownianMotion(deviation: 1.7), in: -high ... -low, time: 1)
    #expect(abs(mirrored.logValue(-0.4, at: 0.3) / expected - 1) < 1e-13)
  }

  /// d_s log h + f . g + sigma^2/2 (div g + |g|^2) = 0 with g = nabla log h: h is harmonic.
  @Test func theProbabilityOfAnEventIsHarmonic() {
    let process = Restless()
    let event = TerminalSlab(of: process, along: [1, -0.5], in: 0.3...1.1, time: 1.5)
    for (x, s) in ReversalTests.points {
      let g = HarmonicGradient(of: event)
      let growth = derivative(at: s) { event.logValue(x.lifted, at: $0) }
      let slope = g(x, at: s)
      let half = process.diffusion(s) * process.diffusion(s) / 2
      let terms = [
        growth, process.drift(x, at: s).dot(slope), half * g.divergence(x, at: s), half * slope.squaredNorm,
      ]
      let scale = terms.reduce(0) { $0 + abs($1) }
      #expect(abs(terms.reduce(0, +)) < 1e-9 * scale, "at \(x), \(s)")
    }
  }

  /// The conditioned process ends in the event, and halfway has the law of those paths that will: Kolmogorov-
  /// Smirnov against p(x, s) h(x, s) / h(x0, 0), within chance and a step's bias.
  @Test func conditioningOnAnEvent() {
    let process = OrnsteinUhlenbeck(theta: 0.8, mean: 0.5, deviation: 1.1)
    let event = TerminalSlab(of: process, in: 1.5...2, time: 1)
    let n = 3_000
    let run = simulate(
      process.dynamics.conditioned(by: event), from: Batch<Double>(count: n, dimension: 1, repeating: -0.4),
      by: .eulerMaruyama, times: .uniform(to: 0.998, steps: 200), saving: .every(100),
      stream: RandomStream(seed: 12))
    let inside = run.final.column(0).filter { (1.4...2.1).contains($0) }.count
    // The deviation of the last step's noise is 0.08: a few paths of a hundred end more than 0.1 outside.
    #expect(Double(inside) > 0.96 * Double(n))
    let s = run.times[1]
    let total = event.logValue(-0.4, at: 0)
    func density(_ x: Double) -> Double {
      Double.exp(process.logDensity(x, at: s, given: -0.4, at: 0) + event.logValue(x, at: s) - total)
    }
    #expect(abs(integrate(over: -6...8) { density($0) }.value - 1) < 1e-9)
    let sorted = run.states[1].column(0).sorted()
    var (worst, cumulative, last) = (0.0, 0.0, -8.0)
    for (index, x) in sorted.enumerated() where index % 60 == 30 {
      cumulative += integrate(over: last...x, panels: 2) { density($0) }.value
      last = x
      worst = larger(worst, abs(cumulative - (Double(index) + 0.5) / Double(n)))
    }
    #expect(worst < 2.6 / Double(n).squareRoot() + 0.003, "KS distance \(worst)")
  }
}
