import Diffusion
import Glibc

/// Sides as functions of parameters, tried along random directions.
struct Directions {
  let parameters: [Vector<Double>]
  /// Unit vectors for each parameter vector.
  let units: [[Vector<Double>]]
  /// Length of a step along a unit vector.
  let step: Double

  /// - Parameter includesAxes: Whether the first directions are those of single parameters, of up to 16.
  init(
    parameters: [Vector<Double>], count: Int, step: Double, seed: UInt64, includesAxes: Bool = false
  ) throws {
    guard let dimension = parameters.first?.count, dimension > 0 else {
      throw Obstacle("there are no parameters to vary")
    }
    guard parameters.allSatisfy({ $0.count == dimension && $0.largestMagnitude.isFinite }) else {
      throw Obstacle("the parameter vectors differ in dimension or are not finite")
    }
    guard step > 0, step.isFinite else {
      throw Obstacle("the step along a direction is \(number(step)): it must be positive")
    }
    self.parameters = parameters
    self.step = step
    var stream = RandomStream(seed: seed, path: 1 << 50)
    let each = max(1, (count + parameters.count - 1) / parameters.count)
    let axes = includesAxes && dimension <= min(16, each) ? dimension : 0
    units = parameters.map { theta in
      (0..<each).map { k in
        if k < axes { return Vector(count: dimension) { $0 == k ? 1 : 0 } }
        let v = Vector<Double>(count: theta.count) { _ in stream.normal() }
        return v / v.norm
      }
    }
  }

  /// All pairs (parameters, direction), numbered from 1.
  var points: [[Double]] {
    units.indices.flatMap { i in units[i].indices.map { [Double(i + 1), Double($0 + 1)] } }
  }

  /// `(0.6, -0.8)`, the direction of a point.
  func direction(_ point: [Double]) -> String { tuple(units[Int(point[0]) - 1][Int(point[1]) - 1]) }

  /// `(1, 2.5)`, the parameters of a point.
  func parameters(_ point: [Double]) -> String { tuple(parameters[Int(point[0]) - 1]) }

  private func tuple(_ v: Vector<Double>) -> String {
    let shown = (0..<min(v.count, 6)).map { number(v[$0], digits: 2) }
    return "(" + shown.joined(separator: ", ") + (v.count > 6 ? ", ..." : "") + ")"
  }

  func theta(_ point: [Double], _ offset: Double) -> Vector<Double> {
    let i = Int(point[0]) - 1
    return parameters[i] + (offset * step) * units[i][Int(point[1]) - 1]
  }

  /// A combination sum_k c_k f(theta + o_k step v).
  typealias Stencil = [(weight: Double, offset: Double)]

  /// The equation of two combinations of the sides.
  func equation<Left: Side, Right: Side>(
    left: Stencil, of leftSide: @escaping (Vector<Double>) throws -> Left,
    right: Stencil, of rightSide: @escaping (Vector<Double>) throws -> Right
  ) throws -> Equation {
    try Equation(
      points: points, coordinates: ["parameters", "direction"],
      left: { try combination(left, of: leftSide, at: $0) },
      right: { try combination(right, of: rightSide, at: $0) })
  }

  func combination<Value: Side>(
    _ stencil: Stencil, of side: (Vector<Double>) throws -> Value, at point: [Double]
  ) throws -> SideContent {
    try Self.combine(stencil.map { ($0.weight, try side(theta(point, $0.offset)).content) })
  }

  /// A weighted sum of scalar sides: of numbers, or of means draw by draw.
  private static func combine(_ parts: [(weight: Double, content: SideContent)]) throws -> SideContent {
    var sum = Estimate(0)
    var summands: [(Double, (inout Draws) throws -> Double)] = []
    for (weight, content) in parts {
      switch content.form {
      case .values(let values) where values.count == 1: sum = sum + weight * values[0]
      case .mean(let mean):
        guard case .number(let summand) = mean.summand else {
          throw Obstacle("a loss is a number or the mean of a random number, without steps")
        }
        summands.append((weight, summand))
      default: throw Obstacle("a loss is a number or the mean of a random number")
      }
    }
    guard !summands.isEmpty else { return sum.content }
    let constant = sum.value
    // Every term sees the same draws: differences along a direction have little noise.
    return mean { draws in
      try summands.reduce(constant) { total, part in
        var copy = draws
        return total + part.0 * (try part.1(&copy))
      }
    }.content
  }
}
