/// Predictor-corrector sampling: after each step of the predictor, a few steps of Langevin dynamics at the new
/// time, which leave p_t alone and bring particles back to it,
///
///     x <- x + e s_t(x) + sqrt(2 e) xi,
///
/// with the step e chosen by `CorrectorStep` from the signal-to-noise ratio r. At beta_t = 0 nothing is corrected.
/// Source: Y. Song et al., "Score-based generative modeling through stochastic differential equations", ICLR
/// 2021, appendix G, algorithms 2-5.
public struct PredictorCorrector<Predictor: Solver, Score: BatchField, S: Schedule>: Solver {
  public let predictor: Predictor
  public let score: Score
  public let schedule: S

  /// How many Langevin steps follow each step of the predictor.
  public let corrections: Int

  /// r.
  public let signalToNoise: Double
  public let step: CorrectorStep

  /// At least one correction a step, r = `signalToNoise` > 0. `score` is that of the law that `schedule` noises.
  public init(
    _ predictor: Predictor, score: Score, schedule: S, corrections: Int = 1, signalToNoise: Double = 0.16,
    step: CorrectorStep = .noiseLevel
  ) {
    precondition(
      corrections > 0 && signalToNoise > 0 && signalToNoise.isFinite,
      "\(corrections) corrections at a signal-to-noise ratio of \(signalToNoise)")
    self.predictor = predictor
    self.score = score
    self.schedule = schedule
    self.corrections = corrections
    self.signalToNoise = signalToNoise
    self.step = step
  }

  public var drawsNoise: Bool { true }

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    let predicting = predictor.stepper(
      type, for: dynamics, count: count, dimension: dimension, start: start, end: end)
    return LangevinStepper<T>(
      predicting, T.evaluator(of: score, count: count, dimension: dimension), count, dimension, corrections,
      variance: { [schedule] t in schedule.variance(t) }
    ) { [signalToNoise, step] variance, noise, score in
      switch step {
      case .noiseLevel: return 2 * signalToNoise * signalToNoise * variance
      case .ratioOfNorms:
        let ratio = signalToNoise * meanNorm(noise) / meanNorm(score)
        // Where all scores vanish there is no ratio, and nothing to correct.
        return ratio.isFinite ? 2 * ratio * ratio : 0
      }
    }
  }
}

/// How long a corrector's Langevin steps are, for a signal-to-noise ratio r.
public enum CorrectorStep: Hashable, Sendable {
  /// e = 2 (r beta_t)^2: the published rule with the ratio of norms at its value for noise. It belongs to the time alone,
  /// so a particle's fate does not depend on the others.
  case noiseLevel

  /// e = 2 (r |xi| / |s|)^2, the published rule; the norms are means over a block of 1,024 particles, as the authors'
  /// code takes them over its batch. (Their factor alpha_i for variance preserving chains is 1 in the limit of short
  /// steps.) In few dimensions it takes longer steps than `noiseLevel` where the law is smooth.
  case ratioOfNorms
}

/// The mean length of the rows.
private func meanNorm<T: MachineReal>(_ batch: Batch<T>) -> Double {
  let d = batch.dimension
  return batch.withElements { elements in
    var sum = 0.0
    for row in stride(from: 0, to: elements.count, by: d) {
      var square = 0.0
      for i in row..<row + d { square += elements[i].realPart * elements[i].realPart }
      sum += square.squareRoot()
    }
    return sum / Double(batch.count)
  }
}

/// Annealed Langevin dynamics: at each time of the grid after the first, from noisy to clean, `stepsPerLevel` steps of
/// Langevin dynamics x <- x + e s_t(x) + sqrt(2 e) xi at that time, with e proportional to beta_t^2.
///
/// The term is `marginal.langevin`, whose drift is the score; the times are levels of noise, visited without
/// moving in between. The stream must be a `RandomStream`.
/// Source: Y. Song, S. Ermon, "Generative modeling by estimating gradients of the data distribution", NeurIPS
/// 2019, algorithm 1, where e = alpha_i / 2.
public struct AnnealedLangevin<S: Schedule>: Solver {
  public let schedule: S

  /// How many Langevin steps are taken at each time of the grid but the first.
  public let stepsPerLevel: Int

  /// e / beta_t^2.
  public let stepSize: Double

  /// e = `stepSize` beta_t^2 > 0; at least one step a level.
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
      stepsPerLevel, variance: { [schedule] t in schedule.variance(t) }
    ) { variance, _, _ in size * variance }
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
  /// e, from beta_t^2, the noise and the score.
  typealias StepSize = (_ variance: Double, _ noise: Batch<Scalar>, _ score: Batch<Scalar>) -> Double

  private let predictor: (any Stepper<Scalar>)?
  private let score: BatchFunction<Scalar>
  private let corrections: Int
  private let variance: (Double) -> Double
  private let stepSize: StepSize
  private var slope: Batch<Scalar>
  private var noise: Batch<Scalar>
  private var corrected = 0

  init(
    _ predictor: (any Stepper<Scalar>)?, _ score: BatchFunction<Scalar>, _ count: Int, _ dimension: Int,
    _ corrections: Int, variance: @escaping (Double) -> Double, _ stepSize: @escaping StepSize
  ) {
    self.predictor = predictor
    self.score = score
    self.corrections = corrections
    self.variance = variance
    self.stepSize = stepSize
    slope = Batch(count: count, dimension: dimension)
    noise = slope
  }

  var evaluations: Int { (predictor?.evaluations ?? 0) + corrected }
  var failure: SimulationOutcome? { predictor?.failure }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    predictor?.advance(&x, over: step.numbered(0, of: corrections + 1))
    let variance = variance(step.to)
    guard variance > 0 else { return }
    for k in 1...corrections {
      score(x, at: Scalar(step.to), into: &slope)
      step.fillNormals(&noise, draw: k, of: corrections + 1)
      let size = stepSize(variance, noise, slope)
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
