/// How two laws that should agree differ in mean and spread.
struct LawDiagnosis {
  let sentence: String

  init(_ comparison: LawComparison) {
    guard let (left, right) = comparison.moments else {
      let own = comparison.leftMoments.enumerated().map { j, m in
        (comparison.leftMoments.count > 1 ? "in coordinate \(j + 1) " : "")
          + "mean \(number(m.mean)) and standard deviation \(number(m.variance.squareRoot()))"
      }
      sentence = "the draws have \(own.joined(separator: "; "))"
      return
    }
    var found: [String] = []
    for (j, (l, r)) in zip(left, right).enumerated() {
      let name = left.count > 1 ? "coordinate \(j + 1) has " : "the left side has "
      let (a, b) = (l.variance.squareRoot(), r.variance.squareRoot())
      let meanError = 4.5 * (l.standardError + r.standardError)
      // The relative error of a standard deviation, by the fourth moment of a normal, doubled.
      let spreadError = 9 * a / b / Double(2 * l.count).squareRoot()
      if (l.mean - r.mean).magnitude > meanError {
        found.append("\(name)mean \(number(l.mean)), on the right it is \(number(r.mean))")
      }
      if (a / b - 1).magnitude > spreadError {
        let constant = NamedConstant.recognised(a / b, error: min(spreadError, 3e-3 * a / b))
        let square = (a - b * b).magnitude < spreadError * a || (a * a - b).magnitude < spreadError * b
        let hint = square ? " (a variance for a deviation?)" : ""
        found.append(
          "\(name)\(constant?.name ?? number(a / b)) times the standard deviation of the right\(hint)")
      }
    }
    sentence = found.isEmpty ? "means and standard deviations agree: the laws differ in shape" : listed(found)
  }
}
