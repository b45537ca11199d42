import Diffusion
import RealModule
import Testing

/// x' = (1 + t) x y, y' = -(1 + t) x^2: a rotation-like system in which x^2 + y^2 is constant.
private struct Pendulum: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: 2) { i in i == 0 ? (1 + t) * x[0] * x[1] : -(1 + t) * x[0] * x[0] }
  }

  /// With s = t + t^2/2 and r = |(x, y)|: x = r / cosh(r s - c), y = -r tanh(r s - c).
  static func exact(_ start: Vector<Double>, _ t: Double) -> Vector<Double> {
    let r = start.norm
    let c = Double.atanh(start[1] / r)
    let u = r * (t + t * t / 2) - c
    return [r / Double.cosh(u), -r * Double.tanh(u)]
  }
}

@Suite struct OrderTests {
  static let starts = Batch<Double>([Vector([0.8, -0.3]), Vector([1.1, 0.9]), Vector([0.2, 0.5])])

  static func error(_ result: Batch<Double>, _ t: Double) -> Double {
    (0..<starts.count).reduce(0) { larger($0, (result[$1] - Pendulum.exact(starts[$1], t)).largestMagnitude) }
  }

  /// The slope of log error over step, between 2^5 and 2^8 steps, is the order within 0.1.
  @Test(arguments: [ButcherTableau.euler, .midpoint, .heun, .rungeKutta4])
  func fixedStepsConvergeAtTheirOrder(tableau: ButcherTableau) {
    let errors = [32, 256].map { steps in
      OrderTests.error(
        simulate(
          ODE(Pendulum()), from: OrderTests.starts, by: RungeKutta(tableau), times: .uniform(steps: steps)
        ).final, 1)
    }
    let order = Double.log2(errors[0] / errors[1]) / 3
    #expect(abs(order - Double(tableau.order)) < 0.1, "\(tableau.name) converges at order \(order)")
  }

  /// Row sums of a are c, and the quadrature conditions sum b c^(q-1) = 1/q hold up to the order.
  @Test(arguments: [ButcherTableau.euler, .midpoint, .heun, .rungeKutta4])
  func tableauxAreConsistent(tableau: ButcherTableau) {
    for (row, node) in zip(tableau.matrix, tableau.nodes) { #expect(abs(row.reduce(0, +) - node) < 1e-15) }
    for q in 1...tableau.order {
      let sum = zip(tableau.weights, tableau.nodes).reduce(0) { $0 + $1.0 * Double.pow($1.1, q - 1) }
      #expect(abs(sum - 1 / Double(q)) < 1e-15)
    }
  }

  @Test(arguments: [1e-4, 1e-7, 1e-10])
  func dormandPrinceMeetsItsTolerance(relative: Double) {
    let tolerance = Tolerance(absolute: relative / 10, relative: relative)
    let result = simulate(
      ODE(Pendulum()), from: OrderTests.starts, by: .dormandPrince(tolerance: tolerance),
      times: .uniform(steps: 7), saving: .every(1))
    #expect(result.outcome == .completed)
    // Global error: tolerance per step, times the steps and their growth. The times between come from the
    // interpolant, whose order is 4.
    for (t, state) in zip(result.times, result.states) { #expect(OrderTests.error(state, t) < 30 * relative) }
    #expect(OrderTests.error(result.final, 1) > 0, "an error of zero would mean nothing was computed")
  }

  @Test func dormandPrinceNeedsFewEvaluationsForSmoothFields() {
    let result = simulate(
      ODE(Pendulum()), from: OrderTests.starts,
      by: .dormandPrince(tolerance: Tolerance(absolute: 1e-8, relative: 1e-8)),
      times: .uniform(steps: 1))
    // SciPy's RK45 takes about 150 evaluations here.
    #expect(result.evaluations < 300)
  }

  @Test func backwardsUndoesForwards() {
    let solver = DormandPrince(tolerance: Tolerance(absolute: 1e-11, relative: 1e-11))
    let there = simulate(ODE(Pendulum()), from: OrderTests.starts, by: solver, times: .uniform(steps: 3))
      .final
    let back = simulate(ODE(Pendulum()), from: there, by: solver, times: .uniform(from: 1, to: 0, steps: 3))
      .final
    for row in 0..<back.count { #expect((back[row] - OrderTests.starts[row]).largestMagnitude < 1e-9) }
  }

  /// In single precision rounding alone is above this tolerance, so that steps stay short without becoming negligible.
  @Test func aToleranceOutOfReachEndsAndSaysSo() {
    let starts = Batch<Float>(elements: OrderTests.starts.elements.map { Float($0) }, dimension: 2)
    let solver = DormandPrince(tolerance: Tolerance(absolute: 1e-13, relative: 1e-13), maximumSteps: 2000)
    let result = simulate(ODE(Pendulum()), from: starts, by: solver, times: .uniform(steps: 2))
    guard case .tooManySteps(let t) = result.outcome else {
      Issue.record("the steps were not counted: \(result.outcome)")
      return
    }
    #expect(t > 0 && t < 0.5 && result.evaluations < 6 * 2000 + 2)
    // What was reached is right as far as single precision goes.
    for row in 0..<starts.count {
      let exact = Pendulum.exact(OrderTests.starts[row], t)
      for i in 0..<2 { #expect(abs(Double(result.final[row, i]) - exact[i]) < 1e-4) }
    }
  }

  /// x' = x^2 from 1 is infinite at t = 1.
  @Test func aBlowUpIsReported() {
    let field = ClosureField { (x: Double, t: Double) in x * x }
    let start = Batch<Double>([1.0])
    let adaptive = simulate(ODE(field), from: start, by: .dormandPrince, times: .uniform(to: 2, steps: 2))
    guard case .stepTooSmall(let t) = adaptive.outcome else {
      Issue.record("the solver passed a singularity: \(adaptive.outcome)")
      return
    }
    #expect(abs(t - 1) < 1e-3)
    let fixed = simulate(ODE(field), from: start, by: .euler, times: .uniform(to: 40, steps: 40))
    guard case .notFinite = fixed.outcome else {
      Issue.record("infinite particles went unnoticed: \(fixed.outcome)")
      return
    }
  }
}
