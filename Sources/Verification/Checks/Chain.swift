/// One line of a derivation: what stands between two equality signs.
public struct Line<Point> {
  let name: String
  let isExact: Bool
  let body: (Point) throws -> SideContent

  /// A line, named as it is typeset: TeX without dollar signs, or words.
  ///
  /// - Parameter exact: Whether it may agree with the line above to the last bit, as where a step only drops
  ///   a term that is zero.
  public init<Value: Side>(
    _ name: String, exact: Bool = false, _ body: @escaping (Point) throws -> Value
  ) {
    self.name = name
    isExact = exact
    self.body = { try body($0).content }
  }
}

/// Collects the lines of a derivation.
@resultBuilder
public enum LinesBuilder<Point> {
  public static func buildExpression(_ line: Line<Point>) -> Line<Point> { line }
  public static func buildBlock(_ lines: Line<Point>...) -> [Line<Point>] { lines }
}

/// Verifies a derivation line by line: each line against the one before it.
///
///     verifyChain("eq-elbo", over: Domain(t: 0.1...0.9, x: -3...3)) {
///       Line("\\log p(x)") { t, x in ... }
///       Line("\\int q \\log \\frac{p}{q}") { t, x in ... }
///       Line("...") { t, x in ... }
///     }
///
/// The first wrong link is named; the others keep their verdicts, so that a slip in one line does not hide
/// the next. Lines may be numbers, estimates, vectors, matrices, means or laws.
///
/// - Parameter name: Which of several derivations of the equation this is, "cosine schedule".
@discardableResult
public func verifyChain<Point>(
  _ label: String, named name: String = "", over domain: Domain<Point>, constant: Bool = false,
  exact: Bool = false, accuracy: Double = 0, resolving: Double? = nil,
  quantities: KeyValuePairs<String, (Double) -> Double> = [:],
  file: String = #fileID, line: Int = #line, column: Int = #column,
  @LinesBuilder<Point> _ lines: () -> [Line<Point>]
) -> Check {
  let lines = lines()
  let heading = Heading(
    label, named: name, Check.Place(file: file, line: line, column: column))
  return conclude(heading, kind: "derivation") { check, session in
    guard lines.count >= 2 else { throw Obstacle("a derivation needs two lines or more") }
    let claim = IdentityClaim(isConstant: constant, isExact: exact, accuracy: accuracy, resolving: resolving)
    let evaluators = lines.map { LineEvaluator($0, domain) }
    var links: [Check] = []
    for (k, below) in lines.enumerated().dropFirst() {
      var claim = claim
      claim.isExact = exact || below.isExact
      links.append(
        examine(heading) { link in
          try judgeIdentity(
            &link, over: domain.coordinateArrays, claim, quantities, session, heading,
            evaluators[k - 1].asUpperSide, evaluators[k].asLowerSide)
        })
    }
    check.firstLine = lines[0].name
    summarise(&check, lines.dropFirst().map(\.name), links)
  }
}

/// Evaluates one line of a derivation, which is the lower side of one link and the upper side of the next.
///
/// What the first link found, plainly or in a rounding trial, serves the second once; whatever this one
/// asks for again, as it does to see whether a side repeats, is computed again.
private final class LineEvaluator {
  private struct Request: Hashable {
    let trial: UInt64
    let point: [Double]
  }

  private let body: ([Double]) throws -> SideContent
  private var known: [Request: SideContent] = [:]

  init<Point>(_ line: Line<Point>, _ domain: Domain<Point>) { body = { try line.body(domain.make($0)) } }

  func asLowerSide(_ point: [Double]) throws -> Content {
    let content = try body(point)
    known[Request(trial: RoundingTrial.current, point: point)] = content
    return Content(content: content)
  }

  func asUpperSide(_ point: [Double]) throws -> Content {
    let found = known.removeValue(forKey: Request(trial: RoundingTrial.current, point: point))
    return Content(content: try found ?? body(point))
  }
}

/// A side that is already in the common form.
private struct Content: Side {
  let content: SideContent
}

private func summarise(_ check: inout Check, _ names: [String], _ links: [Check]) {
  check.links = zip(names, links).map { Check.Link(name: $0, verdict: $1.verdict, sentence: $1.sentence) }
  let decisive =
    links.firstIndex { $0.verdict == .refuted } ?? links.firstIndex { $0.verdict == .inconclusive }
  check.resolution = links.map(\.resolution).filter { !$0.isNaN }.max() ?? .nan
  guard let decisive else {
    check.verdict = .verified
    let seen = "would have shown a relative difference of \(number(check.resolution, digits: 2))"
    switch links.count {
    case 1: check.sentence = "the one link holds; it \(seen)"
    case 2: check.sentence = "both links hold; the weaker \(seen)"
    default: check.sentence = "all \(links.count) links hold; the weakest \(seen)"
    }
    return
  }
  let link = links[decisive]
  check.verdict = link.verdict
  check.evidence = link.evidence
  check.facts = link.facts
  check.diagnosis = link.diagnosis
  check.sentence =
    "the \(ordinal(decisive + 1)) = \(link.verdict == .refuted ? "is wrong" : "is not settled"): \(link.sentence)"
}

private func ordinal(_ n: Int) -> String {
  let small = ["first", "second", "third", "fourth", "fifth", "sixth"]
  return n <= small.count ? small[n - 1] : "\(n)th"
}
