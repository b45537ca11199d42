import RealModule

/// The sampler of EDM: Heun's method in the noise level sigma = beta / alpha, for y = x / alpha,
///
///     dy / dsigma = (y - D) / sigma,
///
/// D = E[z | x_t = x], after adding a little noise, from sigma to (1 + churn) sigma, where sigma lies in `levels`.
/// Without churn it is of second order for the flow; with churn the marginals stay, up to errors of the steps, and what
/// earlier steps did wrong is forgotten. The last step, to sigma = 0, is Euler's.
///
/// Noise cannot be raised beyond the schedule's own most, at t = 0. The steps start and end where alpha > 0.
/// Source: T. Karras et al., "Elucidating the design space of diffusion-based generative models", NeurIPS 2022,
/// algorithm 2; `churn` is S_churn / N there, `inflation` S_noise.
public struct EDMHeun: Solver {
  /// By what share the noise level is raised before a step, gamma in the paper.
  public let churn: Double

  /// The noise levels sigma at which it is, S_min to S_max in the paper.
  public let levels: ClosedRange<Double>

  /// The standard deviation of the noise added for it, S_noise in the paper; a little over 1 makes up for denoisers that
  /// take away too much.
  public let inflation: Double

  /// 0 <= `churn` <= sqrt(2) - 1; `inflation` > 0.
  public init(churn: Double = 0, levels: ClosedRange<Double> = 0...Double.infinity, inflation: Double = 1) {
    precondition(
      churn >= 0 && churn <= Double.sqrt(2) - 1 + 1e-12 && inflation > 0 && inflation.isFinite,
      "churn must lie in 0...sqrt(2) - 1, not be \(churn), and inflation be positive, not \(inflation)")
    self.churn = churn
    self.levels = levels
    self.inflation = inflation
  }

  public var drawsNoise: Bool { churn > 0 }

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    EDMHeunStepper<T>(
      DenoisingModel(dynamics, "EDM's method", count: count, dimension: dimension), self, count, dimension)
  }
}

extension Solver where Self == EDMHeun {
  /// The deterministic sampler, Heun's method in sigma.
  public static var edmHeun: EDMHeun { EDMHeun() }

  /// The stochastic sampler.
  public static func edmHeun(
    churn: Double, levels: ClosedRange<Double> = 0...Double.infinity, inflation: Double = 1
  ) -> EDMHeun {
    EDMHeun(churn: churn, levels: levels, inflation: inflation)
  }
}

private final class EDMHeunStepper<Scalar: MachineReal>: Stepper {
  private let model: DenoisingModel<Scalar>
  private let method: EDMHeun
  private var data: Batch<Scalar>
  private var slope: Batch<Scalar>
  private var predicted: Batch<Scalar>

  init(_ model: DenoisingModel<Scalar>, _ method: EDMHeun, _ count: Int, _ dimension: Int) {
    self.model = model
    self.method = method
    data = Batch(count: count, dimension: dimension)
    slope = data
    predicted = data
  }

  var evaluations: Int { model.evaluations }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    var t = step.from
    var (alpha, beta) = model.schedule(t)
    precondition(alpha > 0 && beta > 0, "at t = \(t) there is no finite, positive noise level to step from")
    if method.churn > 0, method.levels.contains(beta / alpha) {
      let earlier = model.time(of: (1 + method.churn) * beta / alpha, before: t)
      let (newAlpha, newBeta) = model.schedule(earlier)
      let (old, new) = (beta / alpha, newBeta / newAlpha)
      if new > old, newAlpha > 0 {
        x.scale(by: Scalar(newAlpha / alpha))
        step.fillNormals(&slope)
        x.add(Scalar(newAlpha * method.inflation * (new * new - old * old).squareRoot()), times: slope)
        (t, alpha, beta) = (earlier, newAlpha, newBeta)
      }
    }
    let to = model.schedule(step.to)
    precondition(to.alpha > 0, "at t = \(step.to) the noise level is infinite: no step leads there")
    let (level, target) = (beta / alpha, to.beta / to.alpha)
    // From here on x is y = x / alpha.
    model.denoise(x, at: t, into: &data)
    x.scale(by: Scalar(1 / alpha))
    setSlope(x, level)
    predicted.copy(x)
    predicted.add(Scalar(target - level), times: slope)
    guard target > 0 else {
      x.copy(predicted)
      x.scale(by: Scalar(to.alpha))
      return
    }
    x.add(Scalar((target - level) / 2), times: slope)
    predicted.scale(by: Scalar(to.alpha))
    model.denoise(predicted, at: step.to, into: &data)
    predicted.scale(by: Scalar(1 / to.alpha))
    setSlope(predicted, target)
    x.add(Scalar((target - level) / 2), times: slope)
    x.scale(by: Scalar(to.alpha))
  }

  /// slope = (y - D) / sigma.
  private func setSlope(_ y: Batch<Scalar>, _ level: Double) {
    slope.copy(y)
    slope.add(-1, times: data)
    slope.scale(by: Scalar(1 / level))
  }
}
