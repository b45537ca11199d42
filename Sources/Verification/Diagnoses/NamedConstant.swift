import Glibc

/// Constants that a slip of the pen puts in front of a formula or leaves out.
struct NamedConstant {
  let name: String
  let value: Double

  static let all: [NamedConstant] = {
    let positive: [(String, Double)] = [
      ("2", 2), ("3", 3), ("4", 4), ("1/2", 0.5), ("1/3", 1 / 3), ("1/4", 0.25), ("3/2", 1.5), ("2/3", 2 / 3),
      ("8", 8), ("1/8", 0.125), ("pi", .pi), ("2 pi", 2 * .pi), ("4 pi", 4 * .pi), ("1/pi", 1 / .pi),
      ("1/(2 pi)", 0.5 / .pi), ("sqrt(2)", 2.0.squareRoot()), ("1/sqrt(2)", 0.5.squareRoot()),
      ("sqrt(pi)", Double.pi.squareRoot()), ("1/sqrt(pi)", 1 / Double.pi.squareRoot()),
      ("sqrt(2 pi)", (2 * Double.pi).squareRoot()), ("1/sqrt(2 pi)", 1 / (2 * Double.pi).squareRoot()),
      ("log(2)", log(2)),
    ]
    return positive.map { NamedConstant(name: $0.0, value: $0.1) }
      + [NamedConstant(name: "-1", value: -1)]
      + positive.map { NamedConstant(name: "-\($0.0)", value: -$0.1) }
  }()

  /// The one constant within `error` of the value; nil where none is, or two are, or where the value is
  /// known to worse than the relative `precision`.
  static func recognised(_ value: Double, error: Double, precision: Double = 3e-3) -> NamedConstant? {
    guard error <= precision * value.magnitude else { return nil }
    let near = all.filter { ($0.value - value).magnitude <= max(error, 1e-9 * value.magnitude) }
    return near.count == 1 ? near[0] : nil
  }
}
