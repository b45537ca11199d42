import Foundation

/// A notebook of forty ordinary cells: each declares something, uses the cell before, and some print.
enum ManyCells {
  static let count = 40

  /// - Parameter nonce: differs from run to run, so that no cell has been compiled before.
  static func notebook(nonce: Int) -> String {
    var text = "# Forty cells\n"
    for index in 0..<count {
      text += "\nCell \(index) goes on from the one before.\n\n```swift\n"
      if index == 0 {
        text += "let x0 = (0..<1_000).map { Double($0 + \(nonce % 7)) / 1_000 }\n"
      } else {
        text += "let x\(index) = x\(index - 1).map { sin($0) + 0.01 * Double(\(index) + \(nonce % 13)) }\n"
      }
      if index.isMultiple(of: 4) {
        text += "let mean\(index) = x\(index).reduce(0, +) / Double(x\(index).count)\n"
        text += "print(\"mean\", mean\(index))\n"
      } else if index.isMultiple(of: 5) {
        text += "struct Range\(index) { var least = 0.0, greatest = 0.0 }\n"
        text += "let range\(index) = Range\(index)(least: x\(index).min()!, greatest: x\(index).max()!)\n"
        text += "range\(index).greatest - range\(index).least\n"
      } else if index.isMultiple(of: 7) {
        text += "func scaled\(index)(_ factor: Double) -> [Double] { x\(index).map { factor * $0 } }\n"
      }
      text += "```\n"
    }
    return text
  }

  /// Times of the first output and of the page, nothing cached.
  static func run(rounds: Int, runner: Runner, folder: URL) throws(MeasuringError) {
    var first: [Double] = []
    var complete: [Double] = []
    var peak = 0
    let file = folder.appending(path: "forty.md")
    for round in 0..<rounds {
      do { try Data(notebook(nonce: round).utf8).write(to: file) } catch {
        throw MeasuringError("\(file.path) cannot be written: \(error.localizedDescription)")
      }
      try runner.forget()
      let outcome = try ChildProcess(runner.program, ["run", "--json", "forty.md"], in: folder).run {
        $0.contains(#""event":"text""#) || $0.contains(#""event":"value""#)
      }
      guard let mark = outcome.secondsToMark else {
        throw MeasuringError("the notebook of \(count) cells printed nothing")
      }
      first.append(mark)
      complete.append(outcome.seconds)
      peak = max(peak, outcome.peakBytes)
    }
    print("\n\(count) cells, nothing cached")
    for (name, values) in [("first output", first), ("the page", complete)] {
      let spread = Spread(values)
      print(
        "  \(rightPadded(name, to: 16)) \(duration(spread.median))  (\(duration(spread.least)) ... \(duration(spread.greatest)))"
      )
    }
    print("  memory           \((peak + 500_000) / 1_000_000) MB")
  }
}
