/// The stochastic Heun method: an Euler-Maruyama predictor, then the average of drift and noise at both ends
/// with the same increment,
///
///     y = x + f_s(x) h + sigma_s(x) dW,   t = s + h,
///     x += (f_s(x) + f_t(y)) h / 2 + (sigma_s(x) + sigma_t(y)) dW / 2.
///
/// By itself it converges to Stratonovich's integral. Terms are in Ito's sense here, so where the noise depends on the
/// point f stands for f - c, c_i = 1/2 sum_jl sigma_lj d_l sigma_ij: the limit is Ito's solution, as for all solvers.
/// The derivatives are exact, by dual numbers (d evaluations of the noise, twice a step), so such noise must be a
/// `Field` or a `MatrixField`.
///
/// Strong order 1 for additive noise and for noise that commutes (see `Milstein`), 1/2 otherwise; weak order 2 for
/// additive noise, 1 otherwise; without noise it is Heun's method.
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

  /// c, nil where the noise does not depend on the point.
  private let correction: BatchFunction<Scalar>?
  private var corrected: Batch<Scalar>
  private var first: Batch<Scalar>
  private var second: Batch<Scalar>
  private var predicted: Batch<Scalar>
  private var kick: Batch<Scalar>
  private var otherKick: Batch<Scalar>
  private(set) var evaluations = 0

  init(_ dynamics: some Dynamics, _ count: Int, _ dimension: Int) {
    field = Scalar.evaluator(of: dynamics.drift, count: count, dimension: dimension)
    noise = NoiseFunction(dynamics.noise, count: count, dimension: dimension)
    correction = dynamics.noise?.itoCorrection(Scalar.self, count: count, dimension: dimension)
    corrected = Batch(count: correction == nil ? 0 : count, dimension: dimension)
    first = Batch(count: count, dimension: dimension)
    second = first
    predicted = first
    kick = first
    otherKick = first
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    let h = Scalar(step.duration)
    setDrift(&first, at: x, step.from, over: h)
    if !noise.isAbsent {
      step.fillIncrements(&kick)
      otherKick.copy(kick)
      noise.multiply(&kick, at: x, step.from)
    }
    predicted.copy(x)
    predicted.add(h, times: first)
    predicted.add(1, times: kick)
    setDrift(&second, at: predicted, step.to, over: h)
    if !noise.isAbsent { noise.multiply(&otherKick, at: predicted, step.to) }
    x.add(h / 2, times: first)
    x.add(h / 2, times: second)
    x.add(0.5, times: kick)
    x.add(0.5, times: otherKick)
    evaluations += 2
  }

  /// f - c; backwards in time f + c, for noise has the same law whichever way time runs.
  private func setDrift(_ out: inout Batch<Scalar>, at x: Batch<Scalar>, _ t: Double, over h: Scalar) {
    field(x, at: Scalar(t), into: &out)
    guard let correction else { return }
    correction(x, at: Scalar(t), into: &corrected)
    out.add(h < 0 ? 1 : -1, times: corrected)
  }
}
