import Foundation

/// A notebook of forty ordinary cells, nothing cached: when its first output comes, and when the page.
struct ManyCells {
  let title: String
  let notebook: String

  /// Eight sections of five cells: draws, their moments, a function, a figure, a value.
  static let sections = ManyCells(
    title: "40 cells in eight sections, nothing cached",
    notebook: "# Forty cells\n" + (0..<8).map(section).joined())

  /// Every cell needs the one before, so that nothing can be compiled beside anything.
  static let chain = ManyCells(
    title: "40 cells, each of which needs the one before, nothing cached",
    notebook: "# A chain\n"
      + (0..<40).map { index in
        let value =
          index == 0
          ? "(0..<1_000).map { Double($0) / 1_000 }"
          : "x\(index - 1).map { sin($0) + 0.01 * \(index) }"
        return cell("let x\(index) = \(value)\nprint(x\(index).reduce(0, +))")
      }.joined())

  private static func section(_ number: Int) -> String {
    let (draws, density) = ("draws\(number)", "density\(number)")
    let (mean, variance) = ("mean\(number)", "variance\(number)")
    return "\n## Section \(number)\n"
      + cell(
        """
        let \(draws) = RandomStream(seed: \(number)).normals(Double.self, 0..<1_000).map { \(number) + 0.5 * $0 }
        """)
      + cell(
        """
        let \(mean) = \(draws).reduce(0, +) / Double(\(draws).count)
        let \(variance) = \(draws).map { ($0 - \(mean)) * ($0 - \(mean)) }.reduce(0, +) / Double(\(draws).count)
        print("mean", \(mean), "variance", \(variance))
        """)
      + cell(
        """
        func \(density)(_ x: Double) -> Double {
          exp(-(x - \(mean)) * (x - \(mean)) / (2 * \(variance))) / sqrt(2 * Double.pi * \(variance))
        }
        """)
      + cell(
        """
        Figure().histogram(\(draws), "draws").line(over: \(number - 2)...\(number + 2), "$p(x)$", of: \(density))
        """)
      + cell(
        """
        \(draws).map { -log(\(density)($0)) }.reduce(0, +) / Double(\(draws).count)
        """)
  }

  private static func cell(_ code: String) -> String { "\n```swift\n\(code)\n```\n" }

  func measure(rounds: Int, runner: Runner, folder: URL) throws(MeasuringError) {
    try write(Array(notebook.utf8), to: folder.appending(path: "forty.md"))
    var first: [Double] = []
    var complete: [Double] = []
    var processor: [Double] = []
    var peak = 0
    for _ in 0..<rounds {
      runner.forget()
      let outcome = try runner.run("forty.md", options: ["--json"]) {
        $0.contains(#""event":"text""#) || $0.contains(#""event":"value""#)
      }
      guard let mark = outcome.secondsToMark else {
        throw MeasuringError("the notebook of forty cells printed nothing")
      }
      first.append(mark)
      complete.append(outcome.seconds)
      processor.append(outcome.usage.processorSeconds)
      peak = max(peak, outcome.usage.peakBytes)
    }
    print("\n\(title)")
    print("                    median        min        max")
    for (name, values) in [("first output", first), ("the page", complete), ("processor", processor)] {
      let spread = Spread(values)
      let columns = [spread.median, spread.least, spread.greatest].map { leftPadded(duration($0), to: 11) }
      print("  \(rightPadded(name, to: 13))\(columns.joined())")
    }
    print("  memory \((peak + 500_000) / 1_000_000) MB")
  }
}
