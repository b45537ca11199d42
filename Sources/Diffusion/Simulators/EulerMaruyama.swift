/// x += f_t(x) h + sigma_t(x) dW, drift and noise taken where the step begins: strong order 1 for additive noise and 1/2
/// otherwise, weak order 1.
///
/// Source: P. Kloeden, E. Platen, *Numerical Solution of Stochastic Differential Equations*, Springer 1992,
/// section 10.2.
public struct EulerMaruyama: Solver {
  /// The method has no parameters.
  public init() {}

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    EulerMaruyamaStepper<T>(dynamics, count, dimension)
  }
}

extension Solver where Self == EulerMaruyama {
  /// The Euler-Maruyama method; without noise it is Euler's.
  public static var eulerMaruyama: EulerMaruyama { EulerMaruyama() }
}

private final class EulerMaruyamaStepper<Scalar: MachineReal>: Stepper {
  private let field: BatchFunction<Scalar>
  private let noise: NoiseFunction<Scalar>
  private var drift: Batch<Scalar>
  private var increments: Batch<Scalar>
  private(set) var evaluations = 0

  init(_ dynamics: some Dynamics, _ count: Int, _ dimension: Int) {
    field = Scalar.evaluator(of: dynamics.drift, count: count, dimension: dimension)
    noise = NoiseFunction(dynamics.noise, count: count, dimension: dimension)
    drift = Batch(count: count, dimension: dimension)
    increments = drift
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    field(x, at: Scalar(step.from), into: &drift)
    if !noise.isAbsent {
      step.fillIncrements(&increments)
      noise.multiply(&increments, at: x, step.from)
      x.add(1, times: increments)
    }
    x.add(Scalar(step.duration), times: drift)
    evaluations += 1
  }
}
