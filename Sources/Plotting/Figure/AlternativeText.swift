extension Figure {
  /// What the figure shows, for those who don't see it: its own words (`describe`), or made from the data: titles, axes
  /// with their ranges, and each mark with its extrema.
  public var alternativeText: String {
    if let ownAlternativeText { return ownAlternativeText }
    guard let panels = try? resolved() else { return "A figure that cannot be drawn." }
    var sentences: [String] = []
    if panels.count > 1 {
      let rows = (panels.count + columns - 1) / columns
      let name = title.isEmpty ? "" : " \"\(plainText(title))\""
      sentences.append("A grid\(name) of \(panels.count) panels in \(count(rows, "row")) of \(columns).")
    }
    for (index, panel) in panels.enumerated() {
      let number = panels.count > 1 ? "Panel \(index + 1)" : "A figure"
      let heading = [panel.panel.title, panel.panel.subtitle].filter { !$0.isEmpty }.map(plainText)
      let name = heading.isEmpty ? "" : " \"\(heading.joined(separator: ", "))\""
      let x = words(panel.x, "horizontal")
      let y = words(panel.y, "vertical")
      sentences.append("\(number)\(name): \(x), \(y).")
      let marks = panel.panel.marks
      if marks.isEmpty { sentences.append("It is empty.") }
      // A listing of a hundred series helps nobody: the first are told, the others counted.
      for mark in marks.prefix(8) {
        let summary = mark.summary(x: panel.x, y: panel.y)
        sentences.append(summary.prefix(1).uppercased() + summary.dropFirst() + ".")
      }
      if marks.count > 8 { sentences.append("And \(marks.count - 8) more marks.") }
    }
    return sentences.joined(separator: " ")
  }

  private func words(_ axis: Axis, _ side: String) -> String {
    let label = axis.settings.label.isEmpty ? "" : " \(plainText(axis.settings.label))"
    let scale = axis.scale == .log ? ", logarithmic," : ""
    return "\(side) axis\(label)\(scale) from \(spoken(axis.low)) to \(spoken(axis.high))"
  }
}

/// A number to be read aloud: three digits.
func spoken(_ value: Double) -> String {
  guard value.isFinite else {
    return value.isNaN ? "not a number" : value < 0 ? "minus infinity" : "infinity"
  }
  let text = format("%.3g", value)
  return text.hasPrefix("-") ? "−" + text.dropFirst() : text
}

/// `1 point`, `2 points`.
func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

/// `from a to b`, over the finite values.
func range(_ values: [Double]) -> String {
  guard let interval = Interval(values) else { return "without a finite value" }
  return interval.low == interval.high
    ? "constantly \(spoken(interval.low))" : "from \(spoken(interval.low)) to \(spoken(interval.high))"
}

/// What is left out, said so.
func gaps(_ x: [Double], _ y: [Double]) -> String {
  let missing = zip(x, y).reduce(0) { $0 + ($1.0.isFinite && $1.1.isFinite ? 0 : 1) }
  return missing == 0 ? "" : " (\(count(missing, "value")) not finite left out)"
}

/// The course of a curve: its ends and its extrema.
func course(_ x: [Double], _ y: [Double]) -> String {
  let finite = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }
  guard let first = finite.first, let last = finite.last else { return "without a point" + gaps(x, y) }
  let low = finite.min { $0.1 < $1.1 }!
  let high = finite.max { $0.1 < $1.1 }!
  func at(_ point: (Double, Double)) -> String { "(\(spoken(point.0)), \(spoken(point.1)))" }
  if finite.count == 1 { return "of one point \(at(first))" + gaps(x, y) }
  if low.1 == high.1 {
    return "from \(at(first)) to \(at(last)), constantly \(spoken(low.1))" + gaps(x, y)
  }
  return "from \(at(first)) to \(at(last)), lowest at \(at(low)), highest at \(at(high))" + gaps(x, y)
}
