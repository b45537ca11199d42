/// The right side with its arguments changed: t for 1 - t, x for -x, two coordinates swapped.
struct ArgumentRelations {
  let equation: Equation

  private struct Change {
    let name: String
    let apply: ([Double]) -> [Double]
  }

  private var changes: [Change] {
    var changes: [Change] = []
    for (i, name) in equation.coordinates.enumerated() {
      for (change, new) in [("1 - \(name)", { 1 - $0 }), ("-\(name)", { -$0 })]
        as [(String, (Double) -> Double)]
      {
        changes.append(
          Change(name: "\(change) for \(name)") { point in
            var point = point
            point[i] = new(point[i])
            return point
          })
      }
      for j in equation.coordinates.indices where j > i {
        changes.append(
          Change(name: "\(name) and \(equation.coordinates[j]) exchanged") { point in
            var point = point
            point.swapAt(i, j)
            return point
          })
      }
    }
    return changes
  }

  /// The changes under which all samples fit whose changed point lies in the domain.
  func relations(_ samples: Samples) -> [Relation] {
    changes.filter { fits($0, samples) }.map { .arguments($0.name) }
  }

  private func fits(_ change: Change, _ samples: Samples) -> Bool {
    var tried = 0
    for sample in samples.all {
      let point = change.apply(sample.point)
      guard equation.contains(point) else { continue }
      guard let content = try? equation.evaluate(.right, at: point), case .values(let right) = content.form,
        sample.component < right.count
      else { return false }
      guard sample.allows(right[sample.component].value, slope: 1) else { return false }
      tried += 1
    }
    return tried >= 6
  }
}
