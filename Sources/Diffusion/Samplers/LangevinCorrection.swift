/// Predictor-corrector sampling: after each step of the predictor, a few steps of Langevin dynamics at the new
/// time, which leave p_t alone and bring particles back to it,
///
///     x <- x + e s_t(x) + sqrt(2 e) xi,   e = 2 (r beta_t)^2,
///
/// r being the signal-to-noise ratio. The rule is Song's, e = 2 (r |xi| / |s|)^2, with the ratio of norms at its
/// value for noise, beta_t, so that a particle's step does not depend on the others in its batch. At
/// beta_t = 0 nothing is corrected.
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
/// 2021, algorithms 2-5.
public struct PredictorCorrector<Predictor: Solver, Score: BatchField, S: Schedule>: Solver {
  public let predictor: Predictor
  public let score: Score
  public let schedule: S
  public let corrections: Int
  public let signalToNoise: Double

  public init(
    _ predictor: Predictor, score: Score, schedule: S, corrections: Int = 1, signalToNoise: Double = 0.16
  ) {
    precondition(
      corrections > 0 && signalToNoise > 0 && signalToNoise.isFinite,
      "\(corrections) corrections at a signal-to-noise ratio of \(signalToNoise)")
    self.predictor = predictor
    self.score = score
    self.schedule = schedule
    self.corrections = corrections
    self.signalToNoise = signalToNoise
  }

  public var drawsNoise: Bool { true }

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    let predicting = predictor.stepper(
      type, for: dynamics, count: count, dimension: dimension, start: start, end: end)
    let ratio = signalToNoise
    return LangevinStepper<T>(
      predicting, T.evaluator(of: score, count: count, dimension: dimension), count, dimension, corrections
    ) { [schedule] t in 2 * ratio * ratio * max(0, schedule.variance(t)) }
  }
}

/// Annealed Langevin dynamics: at each time of the grid, from noisy to clean, `stepsPerLevel` steps of Langevin
/// dynamics x <- x + e s_t(x) + sqrt(2 e) xi at that time, with e proportional to beta_t^2.
///
/// The term is `marginal.langevin`, whose drift is the score; the times are levels of noise, visited without
/// moving in between. The stream must be a `RandomStream`.
/// Source: Y. Song, S. Ermon, "Generative modeling by estimating gradients of the data distribution", NeurIPS
/// 2019, algorithm 1, where e = alpha_i / 2.
public struct AnnealedLangevin<S: Schedule>: Solver {
  public let schedule: S
  public let stepsPerLevel: Int

  /// e / beta_t^2.
  public let stepSize: Double

  public init(schedule: S, stepsPerLevel: Int = 100, stepSize: Double) {
    precondition(
      stepsPerLevel > 0 && stepSize > 0 && stepSize.isFinite,
      "\(stepsPerLevel) steps a level of \(stepSize) variances")
    self.schedule = schedule
    self.stepsPerLevel = stepsPerLevel
    self.stepSize = stepSize
  }

  public var drawsNoise: Bool { true }

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    guard case .additive(let coefficient)? = dynamics.noise,
      abs(coefficient(at: end) - 2.0.squareRoot()) < 1e-12
    else { preconditionFailure("annealed Langevin dynamics needs the term of a score: `marginal.langevin`") }
    let size = stepSize
    return LangevinStepper<T>(
      nil, T.evaluator(of: dynamics.drift, count: count, dimension: dimension), count, dimension,
      stepsPerLevel
    ) { [schedule] t in size * max(0, schedule.variance(t)) }
  }
}

extension MarginalPath {
  /// Langevin dynamics of p_t at each frozen time t, dX = nabla log p_t(X) ds + sqrt(2) dW: the term of
  /// `AnnealedLangevin`.
  public var langevin: SDE<MarginalField<S>, ConstantDiffusion> {
    SDE(drift: scoreField, diffusion: .constant(2.0.squareRoot()))
  }
}

/// A predictor's step, if there is a predictor, and Langevin steps at the time it leads to.
private final class LangevinStepper<Scalar: MachineReal>: Stepper {
  private let predictor: (any Stepper<Scalar>)?
  private let score: BatchFunction<Scalar>
  private let corrections: Int
  private let stepSize: (Double) -> Double
  private var slope: Batch<Scalar>
  private var noise: Batch<Scalar>
  private var corrected = 0

  init(
    _ predictor: (any Stepper<Scalar>)?, _ score: BatchFunction<Scalar>, _ count: Int, _ dimension: Int,
    _ corrections: Int, _ stepSize: @escaping (Double) -> Double
  ) {
    self.predictor = predictor
    self.score = score
    self.corrections = corrections
    self.stepSize = stepSize
    slope = Batch(count: count, dimension: dimension)
    noise = slope
  }

  var evaluations: Int { (predictor?.evaluations ?? 0) + corrected }
  var failure: SimulationOutcome? { predictor?.failure }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    predictor?.advance(&x, over: step.numbered(0, of: corrections + 1))
    let size = stepSize(step.to)
    guard size > 0 else { return }
    for k in 1...corrections {
      score(x, at: Scalar(step.to), into: &slope)
      step.fillNormals(&noise, draw: k, of: corrections + 1)
      x.add(Scalar(size), times: slope)
      x.add(Scalar((2 * size).squareRoot()), times: noise)
      corrected += 1
    }
  }
}

extension Step {
  /// The same step, with a number that leaves room for further draws beside it.
  fileprivate func numbered(_ number: Int, of count: Int) -> Step {
    Step(index: index * count + number, from: from, to: to, firstRow: firstRow, brownian: brownian)
  }
}
