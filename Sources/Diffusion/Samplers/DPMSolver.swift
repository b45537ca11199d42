import RealModule

/// DPM-Solver++(2M): second order with one evaluation a step. For a step from s to t with lambda = log(alpha / beta),
/// half of `logSNR`, h = lambda_t - lambda_s and r = h_before / h,
///
///     x_t = beta_t / beta_s x + alpha_t (1 - exp(-h)) ((1 + 1/(2r)) D_s - 1/(2r) D_before):
///
/// the linear part exactly, the denoiser extrapolated from the last two steps. The first step, and steps from
/// pure noise or to pure data (h infinite), are of first order, DDIM's. Grids whose steps in lambda are alike
/// serve it best.
/// Source: C. Lu, Y. Zhou, F. Bao, J. Chen, C. Li, J. Zhu, "DPM-Solver++: fast solver for guided sampling of diffusion
/// probabilistic models", 2022, arXiv:2211.01095, algorithm 2.
public struct DPMSolver: Solver {
  /// The method has no parameters.
  public init() {}

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    DPMSolverStepper<T>(
      DenoisingModel(dynamics, "DPM-Solver++", count: count, dimension: dimension), count, dimension)
  }
}

extension Solver where Self == DPMSolver {
  /// DPM-Solver++(2M).
  public static var dpmSolver: DPMSolver { DPMSolver() }
}

private final class DPMSolverStepper<Scalar: MachineReal>: Stepper {
  private let model: DenoisingModel<Scalar>
  private var data: Batch<Scalar>
  private var before: Batch<Scalar>

  /// h of the step before, nil at the first.
  private var stepBefore: Double?

  init(_ model: DenoisingModel<Scalar>, _ count: Int, _ dimension: Int) {
    self.model = model
    data = Batch(count: count, dimension: dimension)
    before = data
  }

  var evaluations: Int { model.evaluations }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    let (from, to) = (model.schedule(step.from), model.schedule(step.to))
    precondition(from.beta > 0, "there is no noise to take away at t = \(step.from)")
    swap(&data, &before)
    model.denoise(x, at: step.from, into: &data)
    let h = Double.log(to.alpha / to.beta) - Double.log(from.alpha / from.beta)
    let extrapolation = stepBefore.map { h / $0 / 2 } ?? 0
    // exp(-h) as a ratio is defined at both ends.
    let weight = to.alpha - to.beta * from.alpha / from.beta
    x.scale(by: Scalar(to.beta / from.beta))
    x.add(Scalar(weight), times: data)
    if extrapolation.isFinite, extrapolation != 0 {
      x.add(Scalar(weight * extrapolation), times: data)
      x.add(Scalar(-weight * extrapolation), times: before)
    }
    stepBefore = h
  }
}
