import Plotting

/// One small figure of every kind, for the tests that go over all of them.
enum Gallery {
  static let numbers = (0..<200).map { Double(($0 * 7919) % 1009) / 1009 }
  static let points = zip(numbers, numbers.dropFirst(3)).map { SIMD2($0 + $1, $0 * $1) }
  private static func hill(_ x: Double, _ y: Double) -> Double { 1 / (1 + x * x + y * y) }
  private static func turn(_ x: Double, _ y: Double) -> (Double, Double) { (-y, x) }

  static let figures: [(name: String, figure: Figure)] = [
    (
      "lines",
      Figure("Lines", subtitle: "with a subtitle").line(over: -2...2, "$x^2$") { $0 * $0 }
        .line(over: -2...2, "$x^3$") { $0 * $0 * $0 }.x("$x$").y("$y$")
    ),
    ("step", Figure().step([0, 1, 2, 3], [0, 0.4, 0.5, 1], "steps").x("$n$")),
    ("scatter", Figure().scatter(points, "points").vertical(1, "rule").horizontal(0.5)),
    ("bubbles", Figure().scatter(numbers, numbers, colors: numbers, sizes: numbers).colorBar("size")),
    ("histogram", Figure().histogram(numbers, "numbers").y("density")),
    ("density", Figure().density(numbers, "estimate")),
    ("cloud", Figure().density(points).scatter(points, color: .orange, size: 1.5)),
    ("band", Figure().line([0, 1, 2], [1, 2, 1]).band([0, 1, 2], [0.5, 1, 0.8], [1.5, 3, 1.2], "band")),
    ("area", Figure().area(over: 0...3) { 3 * $0 - $0 * $0 }),
    ("errors", Figure().errorBars([1, 2, 3], [2.0, 1, 3], [0.5, 0.2, 0.7], "measured")),
    ("bars", Figure().bars(["one", "two"], [1.0, 2], "a").bars(["one", "two"], [2.0, -1], "b")),
    (
      "heatmap",
      Figure().heatmap(x: -2...2, y: -2...2, resolution: 40, of: hill).colorBar("$p$").equalAspect()
    ),
    ("cells", Figure().heatmap([[1.0, 2, .nan], [-1, -3, 0]], map: .diverging, scale: .centered)),
    ("contours", Figure().contours(x: -2...2, y: -2...2, resolution: 40, of: hill)),
    ("filled contours", Figure().filledContours(x: -2...2, y: -2...2, resolution: 40, of: hill)),
    ("quiver", Figure().quiver(x: -1...1, y: -1...1, resolution: 7, of: turn).equalAspect()),
    ("streamlines", Figure().streamlines(x: -1...1, y: -1...1, density: 0.5, colored: true, of: turn)),
    (
      "trajectories",
      Figure().trajectories((0..<4).map { k in (0..<9).map { SIMD2(Double($0), Double(k * $0)) } }).colorBar(
        "$t$")
    ),
    ("sample paths", Figure().lines([0, 1, 2], [[0.0, 1, 0], [0, 2, 3], [0, -1, 1]], "paths")),
    (
      "convergence",
      Figure().line([0.1, 0.01, 0.001], [1e-2, 1e-4, 1e-6], "error").slope(2).x("$h$", scale: .log).y(
        scale: .log)
    ),
    (
      "words",
      Figure().line(over: 0...1) { $0 }.text("here", at: 0.2, 0.8, pointingAt: 0.5, 0.5).text(
        "edge", at: 1, 1, .left
      )
      .arrow(from: 0, 0.5, to: 0.3, 0.5)
    ),
    (
      "grid",
      Figure.grid(
        [1.0, 2, 3, 4].map { t in
          Figure("$t = \(t)$").heatmap(x: -2...2, y: -2...2, resolution: 30) { hill($0, $1) * t }
        }, columns: 2, title: "A grid", sharing: [.x, .y, .colors]
      ).x("$x_1$").y("$x_2$")
    ),
    (
      "long words",
      Figure(
        "A title that is far too long for such a small figure to hold it in one line",
        subtitle: "and a subtitle of the same kind, which is longer than the title is"
      ).line([1, 2, 3], [1e-7, 2e-7, 3e-7], "a label that would cover all of the figure if it could")
        .x("a horizontal axis with far too many words on it").y(
          "and a vertical one with even more words on it")
    ),
    (
      "names",
      Figure().bars((0..<12).map { "category number \($0)" }, (0..<12).map(Double.init), "bars")
    ),
    ("offset", Figure().line([1, 2, 3], [1234567.1, 1234567.2, 1234567.4]).x(in: 0...3e-9)),
  ]
}
