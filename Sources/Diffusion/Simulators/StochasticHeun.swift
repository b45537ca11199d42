/// The stochastic Heun method: an Euler-Maruyama predictor, then the average of drift and noise at both ends
/// with the same increment,
///
///     y = x + f_s(x) h + sigma_s dW,   x += (f_s(x) + f_t(y)) h / 2 + (sigma_s + sigma_t) dW / 2,   t = s + h.
///
/// Weak order 2 and strong order 1 for additive noise; without noise it is Heun's method. It converges to
/// Stratonovich's integral, which is Ito's for additive noise; noise that depends on the state is therefore refused.
/// Source: W. Ruemelin, "Numerical treatment of stochastic differential equations", SIAM J. Numer. Anal. 19 (1982);
/// P. Kloeden, E. Platen, *Numerical Solution of Stochastic Differential Equations*, Springer 1992, section 15.1, for
/// the weak order.
public struct StochasticHeun: Solver {
  /// The method has no parameters.
  public init() {}

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    StochasticHeunStepper<T>(dynamics, count, dimension)
  }
}

extension Solver where Self == StochasticHeun {
  /// The stochastic Heun method.
  public static var stochasticHeun: StochasticHeun { StochasticHeun() }
}

private final class StochasticHeunStepper<Scalar: MachineReal>: Stepper {
  private let field: BatchFunction<Scalar>
  private let noise: NoiseFunction<Scalar>
  private var first: Batch<Scalar>
  private var second: Batch<Scalar>
  private var predicted: Batch<Scalar>
  private var kick: Batch<Scalar>
  private var otherKick: Batch<Scalar>
  private(set) var evaluations = 0

  init(_ dynamics: some Dynamics, _ count: Int, _ dimension: Int) {
    field = Scalar.evaluator(of: dynamics.drift, count: count, dimension: dimension)
    noise = NoiseFunction(dynamics.noise, count: count, dimension: dimension)
    precondition(
      noise.isAdditive,
      "the stochastic Heun method takes additive noise: with state-dependent noise it solves another equation"
    )
    first = Batch(count: count, dimension: dimension)
    second = first
    predicted = first
    kick = first
    otherKick = first
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    let h = Scalar(step.duration)
    field(x, at: Scalar(step.from), into: &first)
    if !noise.isAbsent {
      step.fillIncrements(&kick)
      otherKick.copy(kick)
      noise.multiply(&kick, at: x, step.from)
      noise.multiply(&otherKick, at: x, step.to)
    }
    predicted.copy(x)
    predicted.add(h, times: first)
    predicted.add(1, times: kick)
    field(predicted, at: Scalar(step.to), into: &second)
    x.add(h / 2, times: first)
    x.add(h / 2, times: second)
    x.add(0.5, times: kick)
    x.add(0.5, times: otherKick)
    evaluations += 2
  }
}
