/// The sides of checks by the code that made them, kept on disk.
struct CheckSourceCache {
  let cache: DiskCache

  func sides(in code: String, line: Int, column: Int) -> [CheckSource.Side] {
    let key = "sides 2 \(line):\(column)\n" + code
    if let kept = cache.text(for: key) { return Self.sides(kept) }
    let sides = CheckSource(in: code, line: line, column: column)?.sides ?? []
    cache.keep(
      sides.map { "\($0.label)\u{1F}\($0.parameters)\u{1F}\($0.code)" }.joined(separator: "\u{1E}"), for: key)
    return sides
  }

  private static func sides(_ text: String) -> [CheckSource.Side] {
    text.split(separator: "\u{1E}").compactMap { part in
      let fields = part.split(separator: "\u{1F}", maxSplits: 2, omittingEmptySubsequences: false).map(
        String.init)
      return fields.count == 3
        ? CheckSource.Side(label: fields[0], parameters: fields[1], code: fields[2]) : nil
    }
  }
}
