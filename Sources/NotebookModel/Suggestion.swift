/// The candidate that was probably meant: the nearest by edit distance, if it is near enough.
///
/// Near enough is a third of the word's length, and at least two edits. A candidate that begins with
/// the word, or is its ending behind a hyphen (`alt` for `fig-alt`), is taken before all others.
public func nearest<Candidates: Sequence<String>>(to word: String, among candidates: Candidates) -> String? {
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let isPart = word.count >= 3 && (candidate.hasPrefix(word) || candidate.hasSuffix("-" + word))
    let distance =
      isPart ? 0 : editDistance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
    if distance < best?.distance ?? max(2, word.count / 3) + 1 { best = (candidate, distance) }
  }
  return best?.name
}

/// The number of insertions, deletions, replacements and swaps of neighbours that make `b` of `a`
/// (optimal string alignment; O(|a| |b|)).
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in b.indices {
      row[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
      }
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
