import Foundation

/// Markdown of one cell in which no fold begins or ends that another cell ends or began: where a fold holds cells,
/// its title in bold stands for it.
func withoutTornFolds(_ text: String) -> String {
  let tags = text.matches(of: /<(\/?)details[^>]*>/)
  var open: [Int] = []
  var torn: [Int] = []
  for (index, tag) in tags.enumerated() {
    if tag.1.isEmpty {
      open.append(index)
    } else if open.popLast() == nil {
      torn.append(index)
    }
  }
  torn += open
  if torn.isEmpty { return text }
  var result = text
  for index in torn.sorted(by: >) {
    var range = tags[index].range
    var title = ""
    if let summary = text[range.upperBound...].prefixMatch(of: /\s*<summary[^>]*>(.*?)<\/summary>/) {
      range = range.lowerBound..<summary.range.upperBound
      title = "**\(summary.1)**"
    }
    result.replaceSubrange(range, with: title)
  }
  return result.trimmingCharacters(in: .whitespacesAndNewlines)
}
