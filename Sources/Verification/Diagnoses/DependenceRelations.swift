/// Which coordinates the ratio or the difference of the sides depends on. The stars of the design, whose
/// points share all coordinates but one, make this visible.
extension Samples {
  func ratioDependence() -> [Relation] {
    let kept = filter { $0.right.magnitude > 8 * $0.error && $0.left.magnitude > 8 * $0.error }
    guard kept.all.count * 4 >= all.count * 3 else { return [] }
    // A factor is the same for all entries of a vector.
    return kept.dependence(ofEach: false) { sample in
      let ratio = sample.left / sample.right
      return (ratio, sample.error * (1 + ratio.magnitude) / sample.right.magnitude)
    }.map { .ratioDepends(on: $0) }
  }

  func differenceDependence() -> [Relation] {
    dependence(ofEach: true) { ($0.left - $0.right, 2 * $0.error) }.map { .differenceDepends(on: $0) }
  }

  /// The smallest proper sets of coordinates that fix the value: along every line on which only other
  /// coordinates vary, it is constant within its error.
  private func dependence(ofEach: Bool, _ value: (Sample) -> (Double, Double)) -> [[String]] {
    let d = coordinates.count
    guard d >= 2, d <= 6 else { return [] }
    for size in 1..<d {
      let subsets = (1..<(1 << d)).filter { $0.nonzeroBitCount == size }.map { mask in
        (0..<d).filter { mask & (1 << $0) != 0 }
      }
      let found = subsets.filter { isFixed(by: $0, ofEach, value) }
      if !found.isEmpty { return found.map { $0.map { coordinates[$0] } } }
    }
    return []
  }

  private func isFixed(
    by subset: [Int], _ ofEach: Bool, _ value: (Sample) -> (Double, Double)
  ) -> Bool {
    var groups = [[Double]: [(Double, Double)]]()
    for sample in all {
      let entry = ofEach ? [Double(sample.component)] : []
      groups[subset.map { sample.point[$0] } + entry, default: []].append(value(sample))
    }
    let lines = groups.values.filter { $0.count >= 3 }
    guard lines.count >= 3 else { return false }
    return lines.allSatisfy { line in
      // The interval that all values of the line allow.
      let low = line.map { $0.0 - $0.1 }.max() ?? 0
      let high = line.map { $0.0 + $0.1 }.min() ?? 0
      return low <= high
    }
  }
}
