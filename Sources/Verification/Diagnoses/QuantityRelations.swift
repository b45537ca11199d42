import Glibc

/// A named function of a point that a formula may have too often or not at all.
struct Quantity {
  let name: String
  let value: (Samples.Sample) -> Double
  /// Whether the author named it; otherwise it is a coordinate.
  let isNamed: Bool
}

/// `beta`, `2 beta^2`, `-x/(alpha t)`: a product of powers, as it is read.
func monomial(_ constant: String, _ powers: [(name: String, exponent: Double)]) -> String {
  func factor(_ name: String, _ a: Double) -> String {
    a == 1 ? name : a == 0.5 ? "sqrt(\(name))" : "\(name)^\(number(a))"
  }
  let above = powers.filter { $0.exponent > 0 }.map { factor($0.name, $0.exponent) }
  let below = powers.filter { $0.exponent < 0 }.map { factor($0.name, -$0.exponent) }
  let sign = constant == "-1" ? "-" : ""
  let coefficient = ["", "1", "-1"].contains(constant) ? [] : [constant]
  let numerator = coefficient + above
  let denominator = below.count > 1 ? "(" + below.joined(separator: " ") + ")" : below.joined()
  let top = numerator.isEmpty ? "1" : numerator.joined(separator: " ")
  return sign + (below.isEmpty ? top : "\(top)/\(denominator)")
}

extension Samples {
  /// Half-integer exponents, the likely ones first.
  private static let exponents: [Double] = [1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5, 3, -3, 4, -4]

  /// left = c q^a right for one quantity.
  func quantityFactors(_ quantities: [Quantity]) -> [Relation] {
    guard varies else { return [] }
    var found: [Relation] = []
    for quantity in quantities where usable(quantity) {
      for a in Self.exponents {
        let base = { (s: Sample) in pow(quantity.value(s).magnitude, a) * s.right }
        if let c = constant(of: base) { found.append(.quantityFactor(monomial(c, [(quantity.name, a)]))) }
      }
    }
    return found
  }

  /// left = c q^a r^b right for two named quantities.
  func quantityPairFactors(_ quantities: [Quantity]) -> [Relation] {
    guard varies else { return [] }
    var found: [Relation] = []
    let named = quantities.filter { usable($0) }
    for (i, q) in named.enumerated() {
      for r in named[(i + 1)...] {
        for a in Self.exponents {
          for b in Self.exponents {
            let base = { (s: Sample) in
              pow(q.value(s).magnitude, a) * pow(r.value(s).magnitude, b) * s.right
            }
            if let c = constant(of: base) {
              found.append(.quantityFactor(monomial(c, [(q.name, a), (r.name, b)])))
            }
          }
        }
      }
    }
    return found
  }

  /// left = right + c q^a for one quantity.
  func missingTerms(_ quantities: [Quantity]) -> [Relation] {
    var found: [Relation] = []
    let differences = replacingLeft { $0.left - $0.right }
    for quantity in quantities where usable(quantity) {
      for a in [1, 2, -1, 0.5, -2, 3] {
        let base = { (s: Sample) in a == 1 ? quantity.value(s) : pow(quantity.value(s).magnitude, a) }
        if let c = differences.constant(of: base, numeric: true) {
          found.append(.missingTerm(monomial(c, [(quantity.name, a)])))
        }
      }
    }
    return found
  }

  /// Whether the quantity is finite, not zero everywhere, and varies among the samples.
  private func usable(_ quantity: Quantity) -> Bool {
    let values = all.map { quantity.value($0) }
    guard values.allSatisfy(\.isFinite), let first = values.first else { return false }
    return values.contains { ($0 - first).magnitude > 0.01 * max($0.magnitude, first.magnitude) }
  }

  /// The name of the constant c with left = c base at every sample: recognised, or where `numeric` any.
  func constant(of base: (Sample) -> Double, numeric: Bool = false) -> String? {
    guard mayBeProportional(to: base), let (c, error) = coefficient(of: base), c != 0,
      error < precision * c.magnitude
    else { return nil }
    let exact = (c - 1).magnitude <= max(error, 1e-9)
    let constant =
      exact
      ? NamedConstant(name: "", value: 1)
      : NamedConstant.recognised(c, error: error, precision: precision)
    if let constant {
      return hold { (constant.value * base($0), constant.value * slope(base, $0)) } ? constant.name : nil
    }
    return numeric && isTellable(c, error) && holdProportion(c, error, base)
      ? number(c, digits: areIndependent ? 3 : 5) : nil
  }

  /// Whether three samples allow one constant c with left = c base. Nearly all candidates of a search end
  /// here, after three evaluations.
  private func mayBeProportional(to base: (Sample) -> Double) -> Bool {
    guard all.count >= 3 else { return true }
    var (low, high) = (-Double.infinity, Double.infinity)
    for sample in [all[0], all[all.count / 2], all[all.count - 1]] {
      let b = base(sample)
      let c = sample.left / b
      guard c.isFinite else { continue }
      // Four times what any later test allows, so that none is forestalled.
      let error =
        4
        * (sample.error * (1 + c.magnitude + (sample.left / sample.right).magnitude) / b.magnitude
          + (areIndependent ? precision * c.magnitude : 4 * c.ulp))
      guard !error.isNaN else { continue }
      low = max(low, c - error)
      high = min(high, c + error)
    }
    return low <= high
  }

  private func slope(_ base: (Sample) -> Double, _ sample: Sample) -> Double {
    sample.right == 0 ? 1 : base(sample) / sample.right
  }
}
