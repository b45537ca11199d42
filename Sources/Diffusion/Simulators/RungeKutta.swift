/// A fixed-step explicit Runge-Kutta method for ordinary differential equations: one step per interval of
/// the time grid, forwards or backwards, with as many evaluations as the tableau has stages. Equations with noise are
/// refused.
public struct RungeKutta: Solver {
  public let tableau: ButcherTableau

  /// Any explicit method.
  public init(_ tableau: ButcherTableau) { self.tableau = tableau }

  public func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T> {
    precondition(
      dynamics.noise == nil, "\(tableau.name) cannot take noise: use .eulerMaruyama or .stochasticHeun")
    return RungeKuttaStepper<T>(
      tableau, T.evaluator(of: dynamics.drift, count: count, dimension: dimension), count, dimension)
  }
}

extension Solver where Self == RungeKutta {
  /// Euler's method, of order 1.
  public static var euler: RungeKutta { RungeKutta(.euler) }

  /// The explicit midpoint rule, of order 2.
  public static var midpoint: RungeKutta { RungeKutta(.midpoint) }

  /// Heun's method, of order 2.
  public static var heun: RungeKutta { RungeKutta(.heun) }

  /// The classical Runge-Kutta method, of order 4.
  public static var rungeKutta4: RungeKutta { RungeKutta(.rungeKutta4) }
}

private final class RungeKuttaStepper<Scalar: MachineReal>: Stepper {
  private let tableau: ButcherTableau
  private let field: BatchFunction<Scalar>
  private var stages: [Batch<Scalar>]
  private var point: Batch<Scalar>
  private(set) var evaluations = 0

  init(_ tableau: ButcherTableau, _ field: BatchFunction<Scalar>, _ count: Int, _ dimension: Int) {
    self.tableau = tableau
    self.field = field
    let empty = Batch<Scalar>(count: count, dimension: dimension)
    stages = tableau.nodes.map { _ in empty }
    point = empty
  }

  func advance(_ x: inout Batch<Scalar>, over step: Step) {
    let h = step.duration
    for i in tableau.nodes.indices {
      point.copy(x)
      for (j, a) in tableau.matrix[i].enumerated() where a != 0 { point.add(Scalar(h * a), times: stages[j]) }
      // The end itself: a sum may round to a time beyond it, where there need not be a field.
      let t = tableau.nodes[i] == 1 ? step.to : step.from + tableau.nodes[i] * h
      field(point, at: Scalar(t), into: &stages[i])
    }
    for (i, b) in tableau.weights.enumerated() where b != 0 { x.add(Scalar(h * b), times: stages[i]) }
    evaluations += tableau.nodes.count
  }
}
