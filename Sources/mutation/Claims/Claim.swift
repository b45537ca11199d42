import Diffusion
import Verification

/// A number, a vector or a matrix, as a side of a claim.
struct Grid: Side {
  var values: [Estimate]
  var shape: [Int]

  init(_ value: Double) { self.init(Estimate(value)) }
  init(_ value: Estimate) {
    values = [value]
    shape = []
  }
  init(_ matrix: Matrix<Double>) {
    values = (0..<(matrix.rows * matrix.columns)).map {
      Estimate(matrix[$0 / matrix.columns, $0 % matrix.columns])
    }
    shape = [matrix.rows, matrix.columns]
  }

  var content: SideContent { SideContent(values: values, shape: shape) }

  func map(_ f: (Double) -> Double) -> Grid {
    var grid = self
    grid.values = values.map { Estimate(f($0.value)) }
    return grid
  }

  static func + (a: Grid, b: Grid) -> Grid {
    var sum = a
    sum.values = zip(a.values, b.values).map { $0 + $1 }
    return sum
  }

  var transposed: Grid {
    guard shape.count == 2 else { return self }
    var grid = self
    for i in 0..<shape[0] {
      for j in 0..<shape[1] { grid.values[j * shape[0] + i] = values[i * shape[1] + j] }
    }
    return grid
  }
}

/// A true identity of the field, with the wrong forms in which it is tried.
struct Claim {
  enum Left {
    case numbers(([Double]) -> Grid)
    case mean(([Double]) -> Mean)
    /// A law, and the right law changed by a map.
    case law(([Double]) -> LawSide, ([Double], LawMap) -> LawSide)
  }

  let name: String
  let axes: [(name: String, range: ClosedRange<Double>)]
  let left: Left
  /// The right side is their sum; empty for laws.
  let terms: [([Double]) -> Grid]
  /// The wrong forms; at least three.
  let operators: [Operator]
  /// Whether the sides vary so little, in some worlds, that the check's shuffled control would not notice.
  var isConstant = false
  /// Whether alpha and beta may be named in a diagnosis.
  var hasSchedule = false

  func right(_ p: [Double]) -> Grid { terms.dropFirst().reduce(terms[0](p)) { $0 + $1(p) } }
}

/// A change of a law: of the distance from its mean by a factor, then y -> scale y + shift.
struct LawMap {
  var stretch = 1.0
  var scale = 1.0
  var shift = 0.0
}

/// The spelling of claims in the files beside this one.
extension Claim {
  typealias Terms = () -> [(Double, Double) -> Double]

  /// left(t, x) = sum of terms(t, x).
  static func plane(
    _ name: String, _ axes: [(String, ClosedRange<Double>)], _ operators: String, isConstant: Bool = false,
    hasSchedule: Bool = false, _ left: @escaping (Double, Double) -> Double, equals terms: Terms
  ) -> Claim {
    planeEstimates(
      name, axes, operators, isConstant: isConstant, hasSchedule: hasSchedule, { Estimate(left($0, $1)) },
      equals: terms)
  }

  /// The same with a left side that is a quadrature.
  static func planeEstimates(
    _ name: String, _ axes: [(String, ClosedRange<Double>)], _ operators: String, isConstant: Bool = false,
    hasSchedule: Bool = false, _ left: @escaping (Double, Double) -> Estimate, equals terms: Terms
  ) -> Claim {
    Claim(
      name: name, axes: axes.map { (name: $0.0, range: $0.1) },
      left: .numbers { p in Grid(left(p[0], p.count > 1 ? p[1] : 0)) },
      terms: terms().map { term in { p in Grid(term(p[0], p.count > 1 ? p[1] : 0)) } },
      operators: Operator.list(operators), isConstant: isConstant, hasSchedule: hasSchedule)
  }

  /// Matrices as functions of one coordinate.
  static func matrices(
    _ name: String, _ axis: (String, ClosedRange<Double>), _ operators: String,
    _ left: @escaping (Double) -> Matrix<Double>, equals terms: () -> [(Double) -> Matrix<Double>]
  ) -> Claim {
    Claim(
      name: name, axes: [(name: axis.0, range: axis.1)], left: .numbers { Grid(left($0[0])) },
      terms: terms().map { term in { Grid(term($0[0])) } }, operators: Operator.list(operators))
  }

  /// The mean of a summand at one coordinate = sum of terms.
  static func mean(
    _ name: String, _ axis: (String, ClosedRange<Double>), _ operators: String, isConstant: Bool = false,
    hasSchedule: Bool = false, _ summand: @escaping (Double, inout Draws) -> Double,
    equals terms: () -> [(Double) -> Double]
  ) -> Claim {
    Claim(
      name: name, axes: [(name: axis.0, range: axis.1)],
      left: .mean { p in Verification.mean { draws in summand(p[0], &draws) } },
      terms: terms().map { term in { Grid(term($0[0])) } }, operators: Operator.list(operators),
      isConstant: isConstant, hasSchedule: hasSchedule)
  }

  /// A law at one coordinate, against a density that vanishes outside the interval.
  static func law(
    _ name: String, _ axis: (String, ClosedRange<Double>), _ operators: String,
    over range: ClosedRange<Double>,
    _ sampler: @escaping (Double, inout Draws) -> Double, density: @escaping (Double, Double) -> Double
  ) -> Claim {
    Claim(
      name: name, axes: [(name: axis.0, range: axis.1)],
      left: .law(
        { p in Verification.law { draws in sampler(p[0], &draws) } },
        { p, map in
          let middle = map.stretch == 1 ? 0 : centre(of: { density(p[0], $0) }, over: range)
          let scale = map.scale * map.stretch
          let shift = map.shift + map.scale * (1 - map.stretch) * middle
          let ends = [scale * range.lowerBound + shift, scale * range.upperBound + shift].sorted()
          return Verification.law(
            density: { y in density(p[0], (y - shift) / scale) / abs(scale) }, over: ends[0]...ends[1])
        }),
      terms: [], operators: Operator.list(operators))
  }

  /// A law at one coordinate, against other draws.
  static func laws(
    _ name: String, _ axis: (String, ClosedRange<Double>), _ operators: String,
    _ sampler: @escaping (Double, inout Draws) -> Double,
    equals other: @escaping (Double, inout Draws) -> Double
  ) -> Claim {
    Claim(
      name: name, axes: [(name: axis.0, range: axis.1)],
      left: .law(
        { p in Verification.law { draws in sampler(p[0], &draws) } },
        { p, map in
          Verification.law { draws in
            var y = other(p[0], &draws)
            // A second draw stands for the mean.
            if map.stretch != 1 { y += (map.stretch - 1) * (y - other(p[0], &draws)) }
            return map.scale * y + map.shift
          }
        }),
      terms: [], operators: Operator.list(operators))
  }
}

/// The mean of a law by its density, by the trapezoidal rule.
private func centre(of density: (Double) -> Double, over range: ClosedRange<Double>) -> Double {
  let n = 4000
  let h = (range.upperBound - range.lowerBound) / Double(n)
  return (0...n).reduce(0) { sum, i in
    let y = range.lowerBound + Double(i) * h
    return sum + h * y * density(y)
  }
}

/// Collects claims one by one, so that each is type-checked alone.
@resultBuilder
enum ClaimsBuilder {
  static func buildExpression(_ claim: Claim) -> [Claim] { [claim] }
  static func buildExpression(_ claims: [Claim]) -> [Claim] { claims }
  static func buildBlock(_ claims: [Claim]...) -> [Claim] { claims.flatMap { $0 } }
}

func claims(@ClaimsBuilder _ claims: () -> [Claim]) -> [Claim] { claims() }
