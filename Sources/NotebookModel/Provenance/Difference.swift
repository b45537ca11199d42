/// Something that two runs of a notebook, or a page and its record, do not have in common.
public struct Difference: Hashable, Sendable {
  /// In the notebook; nil where no line of it is meant.
  public var line: Int?
  /// What differs: "cell 3, the value", "cell 4 (fig-score), the figure's numbers".
  public var subject: String
  public var was: String
  public var now: String

  public init(line: Int?, subject: String, was: String, now: String) {
    self.line = line
    self.subject = subject
    self.was = was
    self.now = now
  }
}

extension Difference {
  /// Texts that differ, cut to where they do.
  ///
  /// - Returns: nil where they say the same.
  init?(line: Int?, _ subject: String, _ was: String, _ now: String, _ tolerance: Tolerance) {
    if was == now || NumberedText(was).agrees(with: NumberedText(now), tolerance) { return nil }
    let (old, new) = (Difference.lines(was), Difference.lines(now))
    let first = (0..<max(old.count, new.count)).first { index in
      guard index < old.count, index < new.count else { return true }
      return !NumberedText(old[index]).agrees(with: NumberedText(new[index]), tolerance)
    }
    let place = old.count > 1 || new.count > 1 ? ", line \((first ?? 0) + 1) of its text" : ""
    func excerpt(_ lines: [String]) -> String {
      guard let first, lines.indices.contains(first) else { return "nothing" }
      return "`\(lines[first])`"
    }
    self.init(line: line, subject: subject + place, was: excerpt(old), now: excerpt(new))
    shorten()
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// Long lines are cut on both sides of the first character that differs.
  private mutating func shorten() {
    let (old, new) = (Array(was), Array(now))
    let limit = 100
    guard max(old.count, new.count) > limit else { return }
    let common = zip(old, new).prefix { $0 == $1 }.count
    func cut(_ text: [Character]) -> String {
      let start = max(0, common - limit / 3)
      let end = min(text.count, start + limit)
      guard start < end else { return String(text.suffix(limit)) }
      return (start > 0 ? "`…" : "") + String(text[start..<end]) + (end < text.count ? "…`" : "")
    }
    (was, now) = (cut(old), cut(new))
  }
}
