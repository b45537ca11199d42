/// Words for the part of a domain that some of its points make up.
struct Whereabouts {
  let points: [[Double]]
  let coordinates: [String]

  /// A part bounded by one value of one coordinate.
  struct Part: Hashable {
    let axis: Int
    let isUpper: Bool
    let bound: Double
    let name: String
  }

  /// The part `t >= 0.7` that holds all the chosen points and next to none of the others; nil where no
  /// single coordinate separates them.
  func part(of chosen: Set<Int>) -> Part? {
    guard chosen.count > 2, chosen.count < points.count else { return nil }
    var found: [Part] = []
    for (axis, name) in coordinates.enumerated() {
      let values = chosen.map { points[$0][axis] }
      guard let low = values.min(), let high = values.max() else { continue }
      for isUpper in [true, false] {
        let inside = points.indices.filter { isUpper ? points[$0][axis] >= low : points[$0][axis] <= high }
        guard inside.count < points.count, Double(chosen.count) >= 0.98 * Double(inside.count) else {
          continue
        }
        let bound = isUpper ? low : high
        found.append(
          Part(
            axis: axis, isUpper: isUpper, bound: bound,
            name: "\(name) \(isUpper ? ">=" : "<=") \(number(bound))"))
      }
    }
    return found.count == 1 ? found[0] : nil
  }

  /// `for t >= 0.98`, or up to three points in full.
  func name(_ chosen: Set<Int>) -> String {
    if chosen.count == points.count { return "everywhere" }
    if let part = part(of: chosen) { return "for \(part.name)" }
    let shown = chosen.sorted().prefix(3).map { index in
      "(" + zip(coordinates, points[index]).map { "\($0) = \(number($1))" }.joined(separator: ", ") + ")"
    }
    let more = chosen.count > 3 ? " and \(count(chosen.count - 3)) more" : ""
    return "at " + shown.joined(separator: ", ") + more
  }
}
