/// An explicit Runge-Kutta method as data: stages k_i = f(t + c_i h, x + h sum_j a_ij k_j), and the step
/// x + h sum_i b_i k_i.
///
/// Source: E. Hairer, S. Norsett, G. Wanner, *Solving Ordinary Differential Equations I*, 2nd ed., section II.1.
public struct ButcherTableau: Hashable, Sendable {
  /// What error messages call the method.
  public let name: String

  /// The global order: errors at a fixed time are O(h^order).
  public let order: Int

  /// c.
  public let nodes: [Double]

  /// a, the strictly lower triangle row by row.
  public let matrix: [[Double]]

  /// b.
  public let weights: [Double]

  /// c, a and b, a strictly lower triangular. Consistency and order are the caller's: test them.
  public init(name: String, order: Int, nodes: [Double], matrix: [[Double]], weights: [Double]) {
    precondition(
      nodes.count == weights.count && matrix.count == nodes.count
        && matrix.enumerated().allSatisfy { $0.offset == $0.element.count },
      "the tableau of \(name) is not that of an explicit method")
    self.name = name
    self.order = order
    self.nodes = nodes
    self.matrix = matrix
    self.weights = weights
  }
}

extension ButcherTableau {
  /// x + h f(t, x), of order 1 (Euler, 1768).
  public static let euler = ButcherTableau(name: "Euler", order: 1, nodes: [0], matrix: [[]], weights: [1])

  /// x + h f(t + h/2, x + h/2 f(t, x)), of order 2 (Runge, 1895).
  public static let midpoint = ButcherTableau(
    name: "midpoint", order: 2, nodes: [0, 0.5], matrix: [[], [0.5]], weights: [0, 1])

  /// x + h/2 (f(t, x) + f(t + h, x + h f(t, x))), of order 2: the explicit trapezoidal rule (Heun, 1900).
  public static let heun = ButcherTableau(
    name: "Heun", order: 2, nodes: [0, 1], matrix: [[], [1]], weights: [0.5, 0.5])

  /// The classical method of order 4 (Kutta, 1901).
  public static let rungeKutta4 = ButcherTableau(
    name: "Runge-Kutta 4", order: 4, nodes: [0, 0.5, 0.5, 1], matrix: [[], [0.5], [0, 0.5], [0, 0, 1]],
    weights: [1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6])
}
