/// Milstein's method for noise that acts on each coordinate by a factor of that coordinate alone,
///
///     x_i += f_i h + g_i dW_i + 1/2 g_i d_i g_i (dW_i^2 - h):
///
/// strong order 1, where Euler-Maruyama has 1/2. The derivative is exact, by dual numbers, so the factors must
/// be a `Field`; g_i must not depend on the other coordinates, for which iterated integrals would be needed:
/// that is not checked. For additive noise it is Euler-Maruyama.
/// Source: P. Kloeden, E. Platen, *Numerical Solution of Stochastic Differential Equations*, Springer 1992,
/// section 10.3.
public struct Milstein: Solver {
  public init() {}

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    guard case .diagonal(let factors)? = dynamics.noise else {
      if case .matrix? = dynamics.noise {
        preconditionFailure("Milstein's method takes diagonal noise: a matrix needs iterated integrals")
      }
      return EulerMaruyama().stepper(
        type, for: dynamics, count: count, dimension: dimension, start: start, end: end)
    }
    guard let field = factors as? any Field else {
      preconditionFailure("Milstein's method differentiates the noise: give it as a Field, not a closure")
    }
    func correction(_ field: some Field) -> BatchFunction<T> {
      T.evaluator(of: MilsteinCorrection(factors: field), count: count, dimension: dimension)
    }
    return MilsteinStepper<T>(
      T.evaluator(of: dynamics.drift, count: count, dimension: dimension),
      T.evaluator(of: factors, count: count, dimension: dimension), correction(field), count, dimension)
  }
}

extension Solver where Self == Milstein {
  public static var milstein: Milstein { Milstein() }
}

/// g_i d_i g_i / 2 for factors that each depend on their own coordinate: one derivative along (1, ..., 1).
private struct MilsteinCorrection<G: Field>: Field {
  let factors: G

  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    let seeded = Vector<Dual<P.Scalar>>(count: x.count) { Dual(x[$0], 1) }
    let g = factors(seeded, at: Dual(t))
    return P(count: x.count) { g[$0].value * g[$0].derivative / 2 }
  }
}

private final class MilsteinStepper<Scalar: MachineReal>: Stepper {
  private let drift: BatchFunction<Scalar>
  private let factors: BatchFunction<Scalar>
  private let correction: BatchFunction<Scalar>
  private var increments: Batch<Scalar>
  private var values: Batch<Scalar>
  private var change: Batch<Scalar>
  private(set) var evaluations = 0

  init(
    _ drift: BatchFunction<Scalar>, _ factors: BatchFunction<Scalar>, _ correction: BatchFunction<Scalar>,
    _ count: Int, _ dimension: Int
  ) {
    self.drift = drift
    self.factors = factors
    self.correction = correction
    increments = Batch(count: count, dimension: dimension)
    values = increments
    change = increments
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    step.fillIncrements(&increments)
    drift(x, at: Scalar(step.from), into: &change)
    change.scale(by: Scalar(step.duration))
    factors(x, at: Scalar(step.from), into: &values)
    change.add(1, timesProductOf: values, increments)
    correction(x, at: Scalar(step.from), into: &values)
    change.add(-Scalar(abs(step.duration)), times: values)
    values.scale(by: increments)
    change.add(1, timesProductOf: values, increments)
    x.add(1, times: change)
    evaluations += 1
  }
}
