import Diffusion
import RealModule
import Testing

private struct Bend: TimeChange {
  func callAsFunction<T: RealNumber>(_ t: T) -> T { t * (1 + 5 * t) / 6 }
}

private struct Backwards: TimeChange {
  func callAsFunction<T: RealNumber>(_ t: T) -> T { 1 - t * t }
}

private struct Growing: DiffusionCoefficient {
  func callAsFunction<T: RealNumber>(at t: T) -> T { 2 + t }
}

@Suite struct TimeChangeTests {
  let marginal = GaussianPath(schedule: .cosine()).marginal(over: Examples.plane)

  /// A retimed schedule's marginal field is the retimed field.
  @Test(arguments: [0.1, 0.5, 0.95])
  func schedulesAndFieldsAreRetimedAlike(t: Double) {
    let retimed = GaussianPath(schedule: RetimedSchedule(CosineSchedule(offset: 0.008), by: Bend())).marginal(
      over: Examples.plane)
    let field = RetimedField(marginal.velocity, by: Bend())
    let x: Vector<Double> = [0.4, -0.6]
    #expect((retimed.field(x, at: t) - field(x, at: t)).largestMagnitude < 1e-13)
    #expect(abs(retimed.logDensity(x, at: t) - marginal.logDensity(x, at: Bend()(t))) < 1e-14)
    #expect(MarginalFieldTests.largestDifference(Double.self, field, Examples.plane, count: 70, t: t) < 1e-13)
  }

  /// Backwards in time the flow returns to where it came from.
  @Test func aDecreasingTimeRunsTheFlowBackwards() {
    let start = Batch<Double>(elements: [0.3, -0.8, 1.4, 0.2], dimension: 2)
    let solver = DormandPrince(tolerance: Tolerance(absolute: 1e-10, relative: 1e-10))
    let end = simulate(marginal.flow, from: start, by: solver, times: .uniform(steps: 1)).final
    let back = simulate(
      marginal.flow.retimed(by: Backwards()), from: end, by: solver, times: .uniform(steps: 1)
    ).final
    for row in 0..<2 { #expect((back[row] - start[row]).largestMagnitude < 1e-7) }
  }

  /// The retimed diffusion has the retimed marginals: with sqrt(k') before the noise, and not with k'.
  @Test func stochasticDynamicsKeepTheirMarginals() {
    let dynamics = marginal.diffusion(Growing()).retimed(by: Bend())
    let n = 20_000
    let stream = RandomStream(seed: 92)
    let noise = marginal.law(at: 0).samples(Double.self, count: n, from: stream.path(1))
    let t = 0.8
    func distance(_ dynamics: some Dynamics) -> Double {
      let end = simulate(
        dynamics, from: noise, by: .stochasticHeun, times: .uniform(to: t, steps: 160), stream: stream
      ).final
      let law = marginal.law(at: Bend()(t)).projected(on: [0.6, 0.8])
      let sorted = end.points.map { $0.dot([0.6, 0.8]) }.sorted()
      return sorted.enumerated().reduce(0.0) {
        larger($0, abs(law.cdf($1.element) - (Double($1.offset) + 0.5) / Double(n)))
      }
        * Double(n).squareRoot()
    }
    // Exceeded with probability 3e-6.
    #expect(distance(dynamics) < 2.6)
    struct Wrong: DiffusionCoefficient {
      func callAsFunction<T: RealNumber>(at t: T) -> T {
        derivative(at: t) { Bend()($0) } * (2 + Bend()(t))
      }
    }
    #expect(distance(SDE(drift: dynamics.drift, diffusion: Wrong())) > 2.6)
  }

  @Test(arguments: [0.05, 0.4, 0.9])
  func schedulesAreExchanged(t: Double) {
    let new = VariancePreservingSchedule(rates: 0.1...20)
    let linear = GaussianPath(schedule: .linear).marginal(over: Examples.space)
    let change = ScheduleChange(linear.velocity, from: LinearSchedule(), to: new)
    let expected = GaussianPath(schedule: new).marginal(over: Examples.space)
    let x = Examples.spacePoint
    let field = expected.field(x, at: t)
    #expect((change(x, at: t) - field).largestMagnitude < 1e-10 * max(1, field.largestMagnitude))
    // And its derivative in time, which goes through the inverted ratio.
    let slope = derivative(at: t) { change(x.lifted, at: $0)[0] }
    let exact = derivative(at: t) { expected.field(x.lifted, at: $0)[0] }
    #expect(abs(slope - exact) < 1e-7 * max(1, abs(exact)))
  }
}
