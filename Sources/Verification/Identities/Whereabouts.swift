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

  /// `for t >= 0.7`, `for t >= 0.98 and x >= 2.9` or `at (t = 1, x = 3)`, where the chosen points are so confined.
  func confined(_ chosen: Set<Int>) -> String? {
    let isRare = chosen.count <= 3 && chosen.count * 20 <= points.count
    return isRare || part(of: chosen) != nil || corner(of: chosen) != nil ? name(chosen) : nil
  }

  /// The corner `t >= 0.98 and x >= 2.9` that holds the chosen points and none of the others; nil where no single
  /// corner does.
  func corner(of chosen: Set<Int>) -> String? {
    guard chosen.count > 2, chosen.count < points.count, coordinates.count <= 4 else { return nil }
    let bounds = coordinates.indices.map { axis in
      let values = chosen.map { points[$0][axis] }
      return [Bound(axis, true, values.min() ?? 0), Bound(axis, false, values.max() ?? 0)]
    }
    for size in 2...max(2, coordinates.count) {
      let found = combinations(bounds, size).filter { corner in
        points.indices.allSatisfy { i in
          chosen.contains(i) == corner.allSatisfy { $0.holds(points[i]) }
        }
      }
      if found.count == 1 {
        return found[0].map { "\(coordinates[$0.axis]) \($0.isLower ? ">=" : "<=") \(number($0.value))" }
          .joined(separator: " and ")
      }
      if !found.isEmpty { return nil }
    }
    return nil
  }

  /// One end of the chosen points along an axis.
  private struct Bound {
    let axis: Int
    let isLower: Bool
    let value: Double

    init(_ axis: Int, _ isLower: Bool, _ value: Double) {
      self.axis = axis
      self.isLower = isLower
      self.value = value
    }

    func holds(_ point: [Double]) -> Bool { isLower ? point[axis] >= value : point[axis] <= value }
  }

  /// All choices of one bound from each of `size` axes.
  private func combinations(_ bounds: [[Bound]], _ size: Int) -> [[Bound]] {
    guard size > 0 else { return [[]] }
    guard let first = bounds.first else { return [] }
    let rest = Array(bounds.dropFirst())
    return first.flatMap { bound in combinations(rest, size - 1).map { [bound] + $0 } }
      + combinations(rest, size)
  }

  /// `for t >= 0.98`, or up to three points in full.
  func name(_ chosen: Set<Int>) -> String {
    if chosen.count == points.count { return "everywhere" }
    if let part = part(of: chosen)?.name ?? corner(of: chosen) { return "for \(part)" }
    let shown = chosen.sorted().prefix(3).map { index in
      "(" + zip(coordinates, points[index]).map { "\($0) = \(number($1))" }.joined(separator: ", ") + ")"
    }
    let more = chosen.count > 3 ? " and \(count(chosen.count - 3)) more" : ""
    return "at " + shown.joined(separator: ", ") + more
  }
}
