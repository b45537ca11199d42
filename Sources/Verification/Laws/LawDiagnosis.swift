/// How two laws that should agree differ in mean and spread.
struct LawDiagnosis {
  let sentence: String

  init(_ comparison: LawComparison) {
    if let mass = comparison.wrongMass {
      sentence =
        "the density has mass \(number(mass)) instead of 1: a normaliser, or an interval that is too short"
      return
    }
    if let exact = comparison.exactMoments {
      let found = Self.differences(
        comparison.leftMoments[0], exact, error: 0, "the draws have ", "by the density")
      sentence =
        found.isEmpty ? "mean and standard deviation agree: the laws differ in shape" : listed(found)
      return
    }
    guard let (left, right) = comparison.moments else {
      let own = comparison.leftMoments.enumerated().map { j, m in
        (comparison.leftMoments.count > 1 ? "coordinate \(j + 1) has " : "the draws have ")
          + "mean \(number(m.mean)) and standard deviation \(number(m.deviation))"
      }
      sentence = (own.count > 1 ? "of the draws, " : "") + own.joined(separator: "; ")
      return
    }
    var found: [String] = []
    for (j, (l, r)) in zip(left, right).enumerated() {
      let name = left.count > 1 ? "coordinate \(j + 1) has " : "the left side has "
      found += Self.differences(
        l, (r.mean, r.deviation), error: r.standardError, name, "on the right")
    }
    found += comparison.differentCorrelations.map { pair in
      "coordinates \(pair.first + 1) and \(pair.second + 1) correlate by \(number(pair.left, digits: 2)), on the right "
        + "by \(number(pair.right, digits: 2))"
    }
    let other = left.count > 1 ? ", or in how the coordinates depend on each other" : ""
    sentence =
      found.isEmpty ? "means and standard deviations agree: the laws differ in shape\(other)" : listed(found)
  }

  /// In what a sample differs from a mean, known up to a standard error, and a standard deviation.
  private static func differences(
    _ l: Moments, _ r: (mean: Double, deviation: Double), error: Double, _ name: String, _ other: String
  ) -> [String] {
    var found: [String] = []
    let (a, b) = (l.deviation, r.deviation)
    // The relative error of a standard deviation, by the fourth moment of a normal, doubled.
    let spreadError = 9 * a / b / Double(2 * l.count).squareRoot()
    if (l.mean - r.mean).magnitude > 4.5 * (l.standardError + error) {
      found.append("\(name)mean \(number(l.mean)), \(other) it is \(number(r.mean))")
    }
    if (a / b - 1).magnitude > spreadError {
      let constant = NamedConstant.recognised(a / b, error: min(spreadError, 3e-3 * a / b))
      let square = (a - b * b).magnitude < spreadError * a || (a * a - b).magnitude < spreadError * b
      let hint = square ? " (a variance for a deviation?)" : ""
      let owner = other == "on the right" ? "of the right" : "of the density"
      found.append("\(name)\(constant?.name ?? number(a / b)) times the standard deviation \(owner)\(hint)")
    }
    return found
  }
}
