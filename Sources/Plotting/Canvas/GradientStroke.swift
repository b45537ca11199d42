extension Canvas {
  /// Strokes polylines whose colour changes along them: `shares` from 0 to 1, one for each spot.
  ///
  /// All pieces of about one colour are one stroke, so a crossing of two pieces of one time is no darker, and later
  /// colours lie on earlier ones.
  func stroke(
    _ lines: [[Spot]], shares: [[Double]], table: [UInt32], width: Double, opacity: Double = 1,
    steps: Int = 40
  ) {
    var pieces = [[[Spot]]](repeating: [], count: steps)
    for (line, shares) in zip(lines, shares) where line.count > 1 {
      var start = 0
      func bin(_ index: Int) -> Int {
        let share = (shares[index] + shares[index + 1]) / 2
        return share == share ? min(max(Int(share * Double(steps)), 0), steps - 1) : 0
      }
      var current = bin(0)
      for index in 1..<line.count {
        let next = index < line.count - 1 ? bin(index) : -1
        if next != current {
          pieces[current].append(Array(line[start...index]))
          (start, current) = (index, next)
        }
      }
    }
    for (step, parts) in pieces.enumerated() where !parts.isEmpty {
      let color = table[(step * 255 + (steps - 1) / 2) / (steps - 1)]
      stroke(parts, Stroke(width: width), Ink(rgb: color, opacity: opacity))
    }
  }
}
