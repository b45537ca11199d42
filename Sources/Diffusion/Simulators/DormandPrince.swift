import RealModule

/// The Dormand-Prince pair of orders 5(4) with step control and dense output, for ordinary differential
/// equations.
///
/// The step adapts to the largest scaled error, |error| / (absolute + relative |x|), among a block of 1,024
/// particles; the times of the grid are reached by interpolation of order 4, and the last one by a step that
/// ends there. A tolerance that cannot be reached ends the simulation with its outcome, where it got to:
/// `.stepTooSmall` where the step became negligible, `.tooManySteps` where it took `maximumSteps`.
///
/// Source: J. Dormand, P. Prince, "A family of embedded Runge-Kutta formulae", J. Comp. Appl. Math. 6
/// (1980); dense output and controller as in E. Hairer, S. Norsett, G. Wanner, *Solving Ordinary
/// Differential Equations I*, 2nd ed., sections II.4 and II.6.
public struct DormandPrince: Solver {
  public let tolerance: Tolerance

  /// How many steps are tried, kept or not, by a block of particles.
  public let maximumSteps: Int

  /// `tolerance` bounds the error of each step, not of the path. In single precision 1e-6 is about the least: below it
  /// rounding is taken for error, and the steps become short without end.
  public init(
    tolerance: Tolerance = Tolerance(absolute: 1e-6, relative: 1e-6), maximumSteps: Int = 10_000
  ) {
    precondition(maximumSteps > 0, "an adaptive solver needs steps to take, not \(maximumSteps)")
    self.tolerance = tolerance
    self.maximumSteps = maximumSteps
  }

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    precondition(
      dynamics.noise == nil, "Dormand-Prince cannot take noise: use .eulerMaruyama or .stochasticHeun")
    return DormandPrinceStepper<T>(
      self, T.evaluator(of: dynamics.drift, count: count, dimension: dimension), count, dimension,
      start: start, end: end)
  }
}

extension Solver where Self == DormandPrince {
  /// Dormand and Prince's method with absolute and relative tolerances 1e-6.
  public static var dormandPrince: DormandPrince { DormandPrince() }

  /// Dormand and Prince's method; `tolerance` bounds the error of each step.
  public static func dormandPrince(tolerance: Tolerance, maximumSteps: Int = 10_000) -> DormandPrince {
    DormandPrince(tolerance: tolerance, maximumSteps: maximumSteps)
  }
}

extension ButcherTableau {
  /// The fifth-order method of the pair; its last stage is the next step's first.
  static let dormandPrince = ButcherTableau(
    name: "Dormand-Prince", order: 5, nodes: [0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1],
    matrix: [
      [], [1.0 / 5], [3.0 / 40, 9.0 / 40], [44.0 / 45, -56.0 / 15, 32.0 / 9],
      [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
      [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
      [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84],
    ],
    weights: [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84, 0])
}

/// b - b*, the weights of the error estimate.
private let errorWeights: [Double] = [
  71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40,
]

/// The weights of the fifth coefficient of the interpolant.
private let denseWeights: [Double] = [
  -12715105075.0 / 11282082432, 0, 87487479700.0 / 32700410799, -10690763975.0 / 1880347072,
  701980252875.0 / 199316789632, -1453857185.0 / 822651844, 69997945.0 / 29380423,
]

private final class DormandPrinceStepper<Scalar: MachineReal>: Stepper {
  private let tolerance: Tolerance
  private let field: BatchFunction<Scalar>
  private let end: Double
  private var stepsLeft: Int

  /// The last accepted step: from `previous` at `t - h` to `current` at `t`.
  private var t: Double
  private var h = 0.0
  private var nextStep = 0.0
  private var previous: Batch<Scalar>
  private var current: Batch<Scalar>
  private var trial: Batch<Scalar>
  private var combination: Batch<Scalar>
  private var stages: [Batch<Scalar>]
  private var started = false
  private(set) var evaluations = 0
  private(set) var failure: SimulationOutcome?

  init(
    _ solver: DormandPrince, _ field: BatchFunction<Scalar>, _ count: Int, _ dimension: Int, start: Double,
    end: Double
  ) {
    tolerance = solver.tolerance
    stepsLeft = solver.maximumSteps
    self.field = field
    self.end = end
    t = start
    let empty = Batch<Scalar>(count: count, dimension: dimension)
    previous = empty
    current = empty
    trial = empty
    combination = empty
    stages = Array(repeating: empty, count: 7)
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    if !started { start(x) }
    let forward = end > step.from
    while failure == nil, forward ? t < step.to : t > step.to { takeStep() }
    if failure != nil || t == step.to { x.copy(current) } else { interpolate(at: step.to, into: &x) }
  }

  /// The first step: a hundredth of the time in which the state changes by its own scale (Hairer, II.4).
  private func start(_ x: Batch<Scalar>) {
    started = true
    current.copy(x)
    field(current, at: Scalar(t), into: &stages[6])
    evaluations += 1
    let size = scaledSize(current)
    let slope = scaledSize(stages[6])
    let guess = size < 1e-5 || slope < 1e-5 ? 1e-6 : 0.01 * size / slope
    nextStep = min(guess, abs(end - t)) * (end > t ? 1 : -1)
  }

  private func takeStep() {
    // The last stage of the step before is the first of this one.
    stages.swapAt(0, 6)
    var rejected = false
    while true {
      if abs(nextStep) <= 16 * max(abs(t), abs(end)).ulp {
        failure = .stepTooSmall(at: t)
        return
      }
      guard stepsLeft > 0 else {
        failure = .tooManySteps(at: t)
        return
      }
      stepsLeft -= 1
      let isLast = abs(end - t) <= abs(nextStep) * (1 + 1e-10)
      let step = isLast ? end - t : nextStep
      let error = attempt(step, to: isLast ? end : t + step)
      let factor = error == 0 ? 5 : min(5, max(0.2, 0.9 * Double.pow(error, -0.2)))
      if error <= 1 {
        swap(&previous, &current)
        swap(&current, &trial)
        t = isLast ? end : t + step
        h = step
        nextStep = step * (rejected ? min(1, factor) : factor)
        return
      }
      rejected = true
      nextStep = step * (error.isFinite ? factor : 0.1)
    }
  }

  /// Fills `trial` with the fifth-order result and returns the largest scaled error.
  private func attempt(_ step: Double, to next: Double) -> Double {
    let tableau = ButcherTableau.dormandPrince
    for i in 1..<7 {
      trial.copy(current)
      for (j, a) in tableau.matrix[i].enumerated() where a != 0 {
        trial.add(Scalar(step * a), times: stages[j])
      }
      field(trial, at: Scalar(tableau.nodes[i] == 1 ? next : t + tableau.nodes[i] * step), into: &stages[i])
    }
    evaluations += 6
    return scaledError(step)
  }

  private func scaledError(_ step: Double) -> Double {
    combine(errorWeights, step)
    return combination.largestRatio(current, trial, tolerance)
  }

  private func scaledSize(_ batch: Batch<Scalar>) -> Double {
    batch.largestRatio(current, current, tolerance)
  }

  /// combination = factor sum_i weights_i k_i.
  private func combine(_ weights: [Double], _ factor: Double) {
    combination.scale(by: 0)
    for (stage, weight) in weights.enumerated() where weight != 0 {
      combination.add(Scalar(factor * weight), times: stages[stage])
    }
  }

  /// The interpolant of order 4 on the last step (Hairer, II.6), gathered by what multiplies each stage:
  /// x = y0 + s (D + r (S + s (E + r h dense))), D = y1 - y0, S = h k0 - D, E = D - h k6 - S = 2 D - h (k0 + k6).
  private func interpolate(at time: Double, into x: inout Batch<Scalar>) {
    let s = (time - (t - h)) / h
    let r = 1 - s
    combine(denseWeights, h * s * s * r * r)
    let change = s * (1 - r + 2 * r * s)
    x.copy(previous)
    x.add(Scalar(change), times: current)
    x.add(Scalar(-change), times: previous)
    x.add(Scalar(h * s * r * (1 - s)), times: stages[0])
    x.add(Scalar(-h * s * s * r), times: stages[6])
    x.add(1, times: combination)
  }
}
