/// Milstein's method, strong order 1 where Euler-Maruyama has 1/2, for noise that commutes:
///
///     x_i += f_i h + sum_j sigma_ij dW_j + 1/2 sum_jk (L_j sigma)_ik (dW_j dW_k - delta_jk h),
///     (L_j sigma)_ik = sum_l sigma_lj d_l sigma_ik,   commuting: (L_j sigma)_ik = (L_k sigma)_ij.
///
/// For diagonal noise of which each factor depends on its own coordinate the correction is
/// 1/2 g_i d_i g_i (dW_i^2 - h). Noise that does not commute would need iterated integrals: it is refused, as found
/// at the first particles of a block. The derivatives are exact, by dual numbers, so the noise must be a `Field` or a
/// `MatrixField` (d evaluations a step); for additive noise the method is Euler-Maruyama.
/// Source: G. Milstein, "Approximate integration of stochastic differential equations", Theory Probab. Appl. 19 (1974);
/// P. Kloeden, E. Platen, *Numerical Solution of Stochastic Differential Equations*, Springer 1992, section 10.3.
public struct Milstein: Solver {
  /// The method has no parameters.
  public init() {}

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    let drift = T.evaluator(of: dynamics.drift, count: count, dimension: dimension)
    switch dynamics.noise {
    case .diagonal(let factors)?:
      guard let field = factors as? any Field else {
        preconditionFailure("Milstein's method differentiates the noise: give it as a Field, not a closure")
      }
      func stepper(_ field: some Field) -> any Stepper<T> {
        DiagonalMilsteinStepper<T>(field, drift, count, dimension)
      }
      return stepper(field)
    case .matrix(let matrix)? where !(matrix is ConstantMatrix):
      guard let field = matrix as? any MatrixField else {
        preconditionFailure("Milstein's method differentiates the noise: give it as a MatrixField")
      }
      func stepper(_ field: some MatrixField) -> any Stepper<T> {
        MatrixMilsteinStepper<T>(field, drift, count, dimension)
      }
      return stepper(field)
    default:
      return EulerMaruyama().stepper(
        type, for: dynamics, count: count, dimension: dimension, start: start, end: end)
    }
  }
}

extension Solver where Self == Milstein {
  /// Milstein's method.
  public static var milstein: Milstein { Milstein() }
}

/// How many particles of a block are looked at for whether the noise commutes.
let commutationProbes = 4

/// g_i d_i g_i / 2 for factors that each depend on their own coordinate: one derivative along (1, ..., 1).
private struct MilsteinCorrection<G: Field>: Field {
  let factors: G

  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    Correction<P>(factors: factors, time: Dual(t)).visit(count: x.count) { Dual(x[$0], 1) }
  }

  private struct Correction<P: Point>: PointVisitor {
    typealias Scalar = Dual<P.Scalar>

    let factors: G
    let time: Dual<P.Scalar>

    func visit<Q: Point>(_ x: Q) -> P where Q.Scalar == Dual<P.Scalar> {
      let g = factors(x, at: time)
      return P(count: g.count) { g[$0].value * g[$0].derivative / 2 }
    }
  }
}

private final class DiagonalMilsteinStepper<Scalar: MachineReal>: Stepper {
  private let drift: BatchFunction<Scalar>
  private let factors: BatchFunction<Scalar>
  private let correction: BatchFunction<Scalar>
  private let requireOwnCoordinates: (Vector<Double>, Double) -> Void
  private var increments: Batch<Scalar>
  private var values: Batch<Scalar>
  private var change: Batch<Scalar>
  private(set) var evaluations = 0

  init(_ noise: some Field, _ drift: BatchFunction<Scalar>, _ count: Int, _ dimension: Int) {
    self.drift = drift
    factors = Scalar.evaluator(of: noise, count: count, dimension: dimension)
    correction = Scalar.evaluator(
      of: MilsteinCorrection(factors: noise), count: count, dimension: dimension)
    requireOwnCoordinates = { x, t in
      let slopes = jacobian(at: x) { noise($0, at: Dual(t)) }
      for i in 0..<x.count {
        for j in 0..<x.count where i != j {
          precondition(
            slopes[i][j] == 0,
            """
            Milstein's method takes diagonal noise whose factors depend on their own coordinate: factor \(i) \
            depends on coordinate \(j) at \(x). Use .eulerMaruyama
            """)
        }
      }
    }
    increments = Batch(count: count, dimension: dimension)
    values = increments
    change = increments
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    if evaluations == 0 { x.probe(at: step.from, requireOwnCoordinates) }
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

extension Batch {
  /// Calls `body` with the first particles in double precision.
  func probe(at t: Double, _ body: (Vector<Double>, Double) -> Void) {
    for row in 0..<min(count, commutationProbes) {
      body(Vector(count: dimension) { self[row, $0].realPart }, t)
    }
  }
}
