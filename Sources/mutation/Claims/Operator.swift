import Diffusion
import Glibc

/// The closed list of ways in which a right side is made wrong, and what a diagnosis should say of each.
enum Operator: String, CaseIterable {
  case negate, double, halve, timesPi, square, root, inverse, shift
  /// A deviation for a variance, or one factor too many.
  case timesBeta, timesVariance, perAlpha
  /// A factor that depends on the first coordinate alone.
  case normaliser
  case reflectTime, reflectSpace, exchange, transpose
  /// Wrong in the last third of the first coordinate only.
  case late
  case negateFirst, negateSecond, dropFirst, dropSecond, doubleSecond
  /// For laws: y sqrt(2), y + 1/2.
  case stretch, displace
  /// No relation at all.
  case unstructured

  /// `"negate double late"`
  static func list(_ names: String) -> [Operator] {
    names.split(separator: " ").map { name in
      guard let found = Operator(rawValue: String(name)) else { preconditionFailure("no operator '\(name)'") }
      return found
    }
  }

  /// The wrong right side.
  func apply(to claim: Claim, in world: World) -> ([Double]) -> Grid {
    let right = claim.right
    func scaled(_ factor: @escaping ([Double]) -> Double) -> ([Double]) -> Grid {
      { p in
        let c = factor(p)
        return right(p).map { c * $0 }
      }
    }
    func weighted(_ index: Int, _ weight: Double) -> ([Double]) -> Grid {
      { p in
        let values = claim.terms.enumerated().map { i, term in
          i == index ? term(p).map { weight * $0 } : term(p)
        }
        return values.dropFirst().reduce(values[0], +)
      }
    }
    func moved(_ change: @escaping ([Double]) -> [Double]) -> ([Double]) -> Grid { { right(change($0)) } }
    let first = claim.axes[0].range
    switch self {
    case .negate: return scaled { _ in -1 }
    case .double: return scaled { _ in 2 }
    case .halve: return scaled { _ in 0.5 }
    case .timesPi: return scaled { _ in .pi }
    case .square: return { right($0).map { $0 * $0 } }
    case .root: return { right($0).map { $0.magnitude.squareRoot() } }
    case .inverse: return { right($0).map { 1 / $0 } }
    case .shift: return { right($0).map { $0 + 0.5 } }
    case .timesBeta: return scaled { world.beta($0[0]) }
    case .timesVariance: return scaled { world.beta($0[0]) * world.beta($0[0]) }
    case .perAlpha: return scaled { 1 / world.alpha($0[0]) }
    case .normaliser: return scaled { 2 + Glibc.sin(5 * $0[0]) }
    case .reflectTime: return moved { [1 - $0[0]] + $0.dropFirst() }
    case .reflectSpace: return moved { [$0[0], -$0[1]] }
    case .exchange: return moved { [$0[1], $0[0]] }
    case .transpose: return { right($0).transposed }
    case .late:
      let end = first.lowerBound + 0.67 * (first.upperBound - first.lowerBound)
      return scaled { $0[0] > end ? 2 : 1 }
    case .negateFirst: return weighted(0, -1)
    case .negateSecond: return weighted(1, -1)
    case .dropFirst: return weighted(0, 0)
    case .dropSecond: return weighted(1, 0)
    case .doubleSecond: return weighted(1, 2)
    case .stretch, .displace: return right
    case .unstructured:
      return { p in
        let wave = Glibc.sin(7 * p[0] + 3 * (p.count > 1 ? p[1] : 0) * p[0])
        return right(p).map { $0 * (1.3 + 0.2 * wave) + 0.1 * wave * wave }
      }
    }
  }

  /// The map that makes a law wrong; reflecting time is not one.
  var map: LawMap {
    switch self {
    case .negate: LawMap(scale: -1)
    case .double: LawMap(scale: 2)
    case .halve: LawMap(scale: 0.5)
    case .stretch: LawMap(scale: 2.0.squareRoot())
    case .displace: LawMap(shift: 0.5)
    default: LawMap()
    }
  }

  /// Whether a diagnosis is right; nil where none is expected.
  func accepts(_ diagnosis: String, of claim: Claim) -> Bool? {
    guard let expected = claim.isLaw ? lawExpectation : expectation(claim) else { return nil }
    // A term that does not vary is rightly called an additive constant.
    if expected == "term", diagnosis.contains("additive constant") { return true }
    return diagnosis.contains(expected)
  }

  /// What the right diagnosis of a law says, as a part of it.
  private var lawExpectation: String? {
    switch self {
    case .negate, .displace: "mean"
    case .double, .halve, .stretch: "times the standard deviation"
    default: nil
    }
  }

  /// What the right diagnosis says, as a part of it.
  private func expectation(_ claim: Claim) -> String? {
    switch self {
    case .negate: "minus the right"
    case .double: "1/2 times"
    case .halve: "2 times"
    case .timesPi: "1/pi times"
    case .square: "square root of the right"
    case .root: "square of the right"
    case .inverse: "one over"
    case .shift: "plus -1/2"
    case .timesBeta: "1/beta times"
    case .timesVariance: "1/beta^2 times"
    case .perAlpha: "alpha times"
    case .normaliser: "depends on \(claim.axes[0].name) alone"
    case .reflectTime: "1 - \(claim.axes[0].name) for"
    case .reflectSpace: "-\(claim.axes[1].name) for"
    case .exchange: "exchanged"
    case .transpose: "transpose"
    case .late: "only for \(claim.axes[0].name) >="
    case .negateFirst, .negateSecond, .dropFirst, .dropSecond, .doubleSecond: "term"
    case .stretch, .displace, .unstructured: nil
    }
  }
}
