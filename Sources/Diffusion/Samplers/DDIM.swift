/// Denoising diffusion implicit models: from x at noise level beta_s to one at beta_t,
///
///     x_t = alpha_t D + sqrt(beta_t^2 - v) (x - alpha_s D) / beta_s + sqrt(v) xi,
///     v = eta^2 beta_t^2 / beta_s^2 (beta_s^2 - (alpha_s / alpha_t)^2 beta_t^2),
///
/// with D = D_s(x) = E[z | x_s = x] the guess at the data and xi ~ N(0, I). eta = 0 is deterministic, a first-order
/// method for the flow that is exact where D does not change along it; eta = 1 draws q(x_t | x_s, D), the ancestral
/// sampling of DDPM. It ends at data exactly: where beta_t = 0 the step gives alpha_t D.
/// Source: J. Song, C. Meng, S. Ermon, "Denoising diffusion implicit models", ICLR 2021, equations 12 and 16,
/// for any schedule.
public struct DDIM: Solver {
  /// The share of DDPM's noise that is drawn.
  public let eta: Double

  /// `eta` from 0 (deterministic) to 1 (ancestral).
  public init(eta: Double = 0) {
    precondition(eta >= 0 && eta <= 1, "eta must lie between 0 and 1, not be \(eta)")
    self.eta = eta
  }

  public var drawsNoise: Bool { eta > 0 }

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    precondition(eta == 0 || end > start, "with eta = \(eta) DDIM runs from noise to data, not back")
    return DDIMStepper<T>(
      DenoisingModel(dynamics, "DDIM", count: count, dimension: dimension), eta, count, dimension)
  }
}

extension Solver where Self == DDIM {
  /// The deterministic sampler, eta = 0.
  public static var ddim: DDIM { DDIM() }

  /// The sampler with noise; eta = 1 is DDPM's ancestral sampling.
  public static func ddim(eta: Double) -> DDIM { DDIM(eta: eta) }
}

private final class DDIMStepper<Scalar: MachineReal>: Stepper {
  private let model: DenoisingModel<Scalar>
  private let eta: Double
  private var data: Batch<Scalar>
  private var noise: Batch<Scalar>

  init(_ model: DenoisingModel<Scalar>, _ eta: Double, _ count: Int, _ dimension: Int) {
    self.model = model
    self.eta = eta
    data = Batch(count: count, dimension: dimension)
    noise = data
  }

  var evaluations: Int { model.evaluations }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    let (from, to) = (model.schedule(step.from), model.schedule(step.to))
    precondition(from.beta > 0, "there is no noise to take away at t = \(step.from)")
    model.denoise(x, at: step.from, into: &data)
    var variance = 0.0
    if eta > 0 {
      let kept = from.alpha / to.alpha * to.beta
      let share = eta * to.beta / from.beta
      variance = share * share * max(0, from.beta * from.beta - kept * kept)
    }
    let direction = max(0, to.beta * to.beta - variance).squareRoot() / from.beta
    x.scale(by: Scalar(direction))
    x.add(Scalar(to.alpha - direction * from.alpha), times: data)
    if variance > 0 {
      step.fillNormals(&noise)
      x.add(Scalar(variance.squareRoot()), times: noise)
    }
  }
}
