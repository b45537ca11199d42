import Diffusion
import RealModule
import Testing

@Suite struct SimulateTests {
  let stream = RandomStream(seed: 12)

  /// A particle's fate depends on its number alone: not on how many others there are, nor on the threads
  /// that their blocks go to.
  @Test func particlesDoNotDependOnOneAnother() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.plane)
    func run(_ count: Int) -> Batch<Float> {
      simulate(
        marginal.diffusion(.constant(0.5)), from: .normals(count: count, dimension: 2, from: stream.path(1)),
        by: .eulerMaruyama, times: .uniform(to: 0.9, steps: 9), stream: stream
      ).final
    }
    let many = run(5000)
    #expect(many == run(5000))
    #expect(many[0..<1500] == run(1500))
    #expect(many[0..<7] == run(7))
  }

  /// The flow and the stochastic extension both carry noise to the data: moments of 40,000 particles, and the
  /// Kolmogorov-Smirnov distance of a projection, whose scaled value exceeds 2.6 with probability 3e-6. The
  /// solvers' own bias is below a fifth of that.
  @Test func marginalsAreFollowed() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.plane)
    let n = 20_000
    let noise = Batch<Double>.normals(count: n, dimension: 2, from: stream.path(2))
    let direction: Vector<Double> = [0.6, 0.8]
    func check(_ particles: Batch<Double>, _ t: Double) {
      let law = marginal.law(at: t).projected(on: direction)
      let sorted = particles.points.map { $0.dot(direction) }.sorted()
      let distance = sorted.enumerated().reduce(0.0) { worst, pair in
        larger(worst, abs(law.cdf(pair.element) - (Double(pair.offset) + 0.5) / Double(n)))
      }
      #expect(distance * Double(n).squareRoot() < 2.6)
    }
    let flow = simulate(
      marginal.flow, from: noise, by: .dormandPrince, times: .uniform(steps: 2), saving: .every(1))
    check(flow.states[1], 0.5)
    check(flow.final, 1)
    let diffusion = simulate(
      marginal.diffusion(.constant(0.6)), from: noise, by: .stochasticHeun, times: .uniform(steps: 200),
      stream: stream)
    check(diffusion.final, 1)
    // The control: another law is told apart.
    let other = marginal.law(at: 0.8).projected(on: direction)
    let sorted = flow.final.points.map { $0.dot(direction) }.sorted()
    let distance = sorted.enumerated().reduce(0.0) { worst, pair in
      larger(worst, abs(other.cdf(pair.element) - (Double(pair.offset) + 0.5) / Double(n)))
    }
    #expect(distance * Double(n).squareRoot() > 2.6)
  }

  @Test func savePointsAreStatesOfTheSameRun() {
    let field = ClosureField { (x: Vector<Double>, t: Double) in t * x }
    let start = Batch<Double>(elements: [1, -2, 0.5, 3], dimension: 2)
    let simulator = Simulator(ODE(field), by: .rungeKutta4)
    let all = simulator.simulateWithTrajectory(from: start, times: .uniform(steps: 10))
    #expect(all.states.count == 11 && all.states[0] == start && all.times[3] == 0.3)
    #expect(all.final == simulator.simulate(from: start, times: .uniform(steps: 10)))
    let some = simulate(
      ODE(field), from: start, by: .rungeKutta4, times: .uniform(steps: 10), saving: .every(4))
    #expect(some.times == [0, 0.4, 0.8, 1] && some.states[1] == all.states[4])
    #expect(simulator.step(start, from: 0, to: 0.1) == all.states[1])
    #expect(abs(all.trajectory(1)[10][1] - 3 * Double.exp(0.5)) < 1e-6)
  }

  /// A batch alone cannot say that it stands where the solver gave up.
  @Test func aSimulatorGivesNothingThatIsNotComplete() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let field = ClosureField { (x: Double, t: Double) in x * x }
      _ = Simulator(ODE(field), by: .dormandPrince)
        .simulate(from: Batch<Double>([1.0]), times: .uniform(to: 2, steps: 2))
    }
    expectMessage("the simulation is not complete, stepTooSmall", of: result)
  }

  /// A field written once and run in single precision, double precision and one dimension.
  @Test func fieldsOfOnesOwn() {
    struct Decay: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { (-1 - t) * x }
    }
    let exact = Double.exp(-1.5)
    let single = simulate(
      ODE(Decay()), from: Batch<Float>([Float(2)]), by: .rungeKutta4, times: .uniform(steps: 20))
    #expect(abs(Double(single.final[0, 0]) - 2 * exact) < 1e-5)
    let double = simulate(
      ODE(Decay()), from: Batch<Double>([2.0]), by: .rungeKutta4, times: .uniform(steps: 20))
    #expect(abs(double.final[0, 0] - 2 * exact) < 1e-6)
  }
}
