import Glibc

/// Relations without named quantities: sign, constant factor, additive constant, powers.
extension Samples {
  /// left = -right
  func sign() -> [Relation] { hold { (-$0.right, 1) } ? [.sign] : [] }

  /// left = c right, with c a recognised constant or any number known to three digits.
  func factor() -> [Relation] {
    guard let (c, error) = coefficient(of: \.right), c != 0 else { return [] }
    if let constant = NamedConstant.recognised(c, error: error, precision: precision) {
      // That one is called a sign.
      guard constant.value != -1 else { return [] }
      return hold { (constant.value * $0.right, constant.value) } ? [.factor(constant.name)] : []
    }
    guard isTellable(c, error), holdProportion(c, error, \.right) else { return [] }
    if (c - 1).magnitude < 1e-6 { return [.nearlyEqual(digits: digits(of: max((c - 1).magnitude, error)))] }
    return [.factor(number(c, digits: known))]
  }

  /// left = right + c
  func offset() -> [Relation] {
    let differences = replacingLeft { $0.left - $0.right }
    guard let (c, error) = differences.coefficient(of: { _ in 1 }), c != 0 else { return [] }
    let constant = NamedConstant.recognised(c, error: error, precision: precision)
    guard constant != nil || isTellable(c, error), differences.holdProportion(c, error, { _ in 1 }) else {
      return []
    }
    return [.offset(constant?.name ?? number(c, digits: known))]
  }

  /// Whether a constant that has no name is known well enough to be told as a number.
  func isTellable(_ c: Double, _ error: Double) -> Bool { error < 3e-3 * c.magnitude }

  /// left = right^p for p = 2, 1/2, -1, where the right side varies.
  func powers() -> [Relation] {
    guard varies else { return [] }
    return [2, 0.5, -1].filter { (p: Double) in
      let power = { (sample: Sample) in
        let value = pow(sample.right.magnitude, p)
        let slope = p * value / sample.right.magnitude
        return (value: p == -1 && sample.right < 0 ? -value : value, slope: slope)
      }
      // What is uncertain by more than a third of itself fits anything.
      let telling = all.count { sample in
        let (value, slope) = power(sample)
        return sample.error * (1 + slope.magnitude) < 0.3 * max(value.magnitude, sample.left.magnitude)
      }
      return 2 * telling >= all.count && hold(power)
    }.map { .power($0) }
  }

  /// Whether left = c base everywhere, for a c that is known up to its own error.
  func holdProportion(_ c: Double, _ error: Double, _ base: (Sample) -> Double) -> Bool {
    var squares = 0.0
    for sample in all {
      let b = base(sample)
      let allowed = sample.error * (1 + c.magnitude) + error * b.magnitude + 4 * (c * b).ulp
      let deviation = (sample.left - c * b).magnitude
      guard b.isFinite, deviation <= allowed else { return false }
      squares += (deviation / allowed) * (deviation / allowed)
    }
    return !areIndependent || squares <= plausibleSquares
  }

  /// Digits of a constant that are worth telling.
  private var known: Int { areIndependent ? 3 : 6 }

  /// Decimal digits to which a relative deviation leaves two numbers the same.
  private func digits(of deviation: Double) -> Int { Int(-log10(max(deviation, .ulpOfOne))) }
}
