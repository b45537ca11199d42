import Glibc

/// What a refutation looks like: the simplest relations between the sides that fit every point within
/// its error, fitted on one half of the points and tried on the other.
struct Diagnosis {
  /// All the simplest relations that fit; more than one is a tie, reported as such.
  let relations: [Relation]
  /// The part of the domain to which the failure is confined, `for t >= 0.7`; nil if it is everywhere.
  let part: String?
  /// Which entry of a vector or matrix differs, where one does and the others agree: `entry 2`.
  let entry: String?
  private let ratios: ClosedRange<Double>?
  /// Whether the ratio is one of means, known to few digits.
  private let isDrawn: Bool

  init(_ table: ComparisonTable) {
    let equation = table.equation
    let thresholds = table.thresholds
    let finite = table.comparisons.filter(\.isFinite)
    let refuted = Set(finite.filter { $0.isRefuted(thresholds) }.map(\.point))
    let confined = Diagnosis.confinement(of: refuted, finite, table)
    part = confined
    let component = Diagnosis.onlyComponent(finite, table)
    entry = component.map { String(entryName($0, shape: table.shape).dropFirst(2)) }
    let samples = Samples(table) { confined == nil || refuted.contains($0) }
      .filter { component == nil || $0.component == component }
    let deviation = Diagnosis.deviation(finite, component)
    // Through the values at three points passes any formula.
    let isScant = confined != nil && refuted.count <= 3
    relations =
      isScant
      ? []
      : equation.nature == .numbers && deviation <= thresholds.deterministic
        ? [.fine(digits: Int(-log10(deviation)), asked: thresholds.deterministic)]
        : Diagnosis.simplest(
          samples, equation, shape: component == nil ? table.shape : [], isConfined: confined != nil)
    isDrawn = samples.areIndependent
    let known = samples.all.filter { $0.right.magnitude > 8 * $0.error }.map { $0.left / $0.right }
    ratios = known.min().flatMap { low in known.max().map { low...$0 } }
  }

  var sentence: String {
    let place = [entry.map { "in \($0)" }, part].compactMap { $0 }
    let onlyThere = place.isEmpty ? nil : "the sides differ only \(place.joined(separator: " "))"
    let what: String
    if relations.isEmpty {
      guard part == nil else { return onlyThere ?? "" }
      what = ratios.map { ratio($0) } ?? "no simple relation"
    } else {
      what = listed(relations.prefix(4).map(\.sentence), "or")
    }
    return onlyThere.map { "\($0); there \(what)" } ?? what
  }

  private func ratio(_ ratios: ClosedRange<Double>) -> String {
    let (low, high) = (ratios.lowerBound, ratios.upperBound)
    if low == high { return "the ratio of the sides is \(number(low, digits: isDrawn ? 3 : 6))" }
    let spread = (high - low) / low.magnitude
    if spread < 1e-3 * min(1, (low - 1).magnitude) {
      return "the ratio of the sides is \(number(low)) everywhere, to a relative \(number(spread, digits: 1))"
    }
    let off = max((low - 1).magnitude, (high - 1).magnitude)
    return off < 0.1
      ? "no simple relation; the sides differ by up to \(number(100 * off, digits: 2))%"
      : "no simple relation; the ratio runs from \(number(low)) to \(number(high))"
  }

  /// The one entry to which all refutations belong, of several.
  private static func onlyComponent(_ comparisons: [Comparison], _ table: ComparisonTable) -> Int? {
    let refuted = Set(comparisons.filter { $0.isRefuted(table.thresholds) }.map(\.component))
    return table.components > 1 && refuted.count == 1 ? refuted.first : nil
  }

  /// The largest relative difference; of one entry, relative to the size of that entry alone, which may be tiny
  /// beside the others.
  private static func deviation(_ comparisons: [Comparison], _ component: Int?) -> Double {
    guard let component else { return comparisons.map(\.relativeDifference).max() ?? .infinity }
    let own = comparisons.filter { $0.component == component }
    let largest = own.map(\.size).max() ?? 0
    return own.map { $0.difference.magnitude / max($0.size, 1e-3 * largest) }.max() ?? .infinity
  }

  /// The part of the domain that holds the failing points, provided that a failure like theirs would have been
  /// seen elsewhere.
  private static func confinement(
    of refuted: Set<Int>, _ comparisons: [Comparison], _ table: ComparisonTable
  ) -> String? {
    guard let part = table.whereabouts.confined(refuted) else { return nil }
    guard refuted.count > 3 || table.equation.nature == .numbers else { return nil }
    let inside = comparisons.filter { refuted.contains($0.point) && $0.isRefuted(table.thresholds) }
      .map(\.relativeDifference).sorted()
    guard !inside.isEmpty else { return nil }
    let typical = inside[inside.count / 2]
    let isClear = comparisons.allSatisfy { c in
      refuted.contains(c.point) || c.refuting(table.thresholds) < 0.3 * typical * c.scale
    }
    return isClear ? part : nil
  }

  /// Families in order of complexity; the first that fits ends the search, with all its ties.
  private static func simplest(
    _ samples: Samples, _ equation: Equation, shape: [Int], isConfined: Bool
  ) -> [Relation] {
    guard !samples.all.isEmpty else { return [] }
    guard !equation.isNumbered else {
      let found = samples.sign()
      return found.isEmpty ? samples.factor() + samples.powers() : found
    }
    let quantities = quantities(equation, samples, components: shape.reduce(1, *))
    let named = quantities.filter(\.isNamed)
    let families: [() -> [Relation]] = [
      { samples.sign() },
      { samples.factor() + samples.powers() + transposed(samples, shape) },
      { samples.varies || samples.all.count > 1 ? samples.offset() : [] },
      // Changed arguments lead out of the part where the sides differ, to where they agree for any reason.
      { isConfined ? [] : ArgumentRelations(equation: equation).relations(samples) },
      { samples.quantityFactors(named) + samples.missingTerms(named) },
      { samples.quantityFactors(quantities) + samples.missingTerms(quantities) },
      { samples.quantityPairFactors(named) },
      { samples.missingMonomials(named, coordinates: quantities.filter { !$0.isNamed }) },
      { samples.sharedTerms(named, coordinates: quantities.filter { !$0.isNamed }) },
      { samples.sharedTerms(quantities, coordinates: []) },
      { samples.ratioDependence() + samples.differenceDependence() },
    ]
    for family in families {
      let found = family()
      if !found.isEmpty { return found }
    }
    return []
  }

  private static func transposed(_ samples: Samples, _ shape: [Int]) -> [Relation] {
    guard shape.count == 2, shape[0] == shape[1], shape[0] > 1 else { return [] }
    let n = shape[0]
    var entries = [[Double]: [Int: Samples.Sample]]()
    for sample in samples.all { entries[sample.point, default: [:]][sample.component] = sample }
    let fits = samples.hold { sample in
      let mirrored = sample.component % n * n + sample.component / n
      return (entries[sample.point]?[mirrored]?.right ?? .nan, 1)
    }
    return fits ? [.transposed] : []
  }

  /// The author's quantities as functions of time, and the coordinates themselves.
  private static func quantities(_ equation: Equation, _ samples: Samples, components: Int) -> [Quantity] {
    let time = equation.time
    var quantities = equation.quantities.map { quantity in
      Quantity(
        name: quantity.name, value: { $0.point.isEmpty ? .nan : quantity.value($0.point[time]) },
        isNamed: true)
    }
    for (i, name) in equation.coordinates.enumerated() {
      quantities.append(Quantity(name: name, value: { $0.point[i] }, isNamed: false))
      if name == "t" || name == "s" {
        quantities.append(Quantity(name: "(1 - \(name))", value: { 1 - $0.point[i] }, isNamed: false))
      }
    }
    // A vector side may lack a multiple of a vector argument, entry by entry.
    let d = equation.coordinates.count
    if components > 1,
      let first = (0...max(d - components, 0)).first(where: { start in
        start + components <= d && equation.coordinates[start].hasSuffix("1")
      })
    {
      let name = String(equation.coordinates[first].dropLast())
      quantities.append(Quantity(name: name, value: { $0.point[first + $0.component] }, isNamed: false))
    }
    return quantities
  }
}
