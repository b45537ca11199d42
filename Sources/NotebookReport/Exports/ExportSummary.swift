import NotebookModel

/// How a run ended, for the top of an export.
struct ExportSummary {
  let page: PageContext

  var markdown: String {
    let lines = failures + verdicts
    return lines.map { "> \($0)" }.joined(separator: "\n>\n")
  }

  private var verdicts: [String] {
    let coverage = page.coverage
    let isChecked = coverage.entries.contains { !$0.checks.isEmpty } || !coverage.otherChecks.isEmpty
    guard isChecked, !coverage.summary.isEmpty else { return [] }
    let hasFailed = coverage.entries.contains { $0.standing == .refuted }
    let isDecided = coverage.count(.inconclusive) + coverage.count(.missing) == 0
    let mark = hasFailed ? "✗" : isDecided ? "✓" : "?"
    return ["**\(mark) \(coverage.summary).**"]
  }

  private var failures: [String] {
    let cells = page.notebook.cells.filter { page.record(of: $0.index).failure != nil }
    let missing = page.notebook.cells.count {
      $0.options.isEvaluated && page.record(of: $0.index).state == .notRun
    }
    if cells.isEmpty, missing == 0 { return [] }
    let title = cells.isEmpty ? "This notebook is not complete" : "This run failed"
    let places = cells.map { "line \($0.start.line)" }.joined(separator: ", ")
    let rest = missing == 0 ? "" : " \(missing) cell\(missing == 1 ? "" : "s") did not run."
    return ["**✗ \(title)\(places.isEmpty ? "" : " in \(places)").**\(rest)"]
  }
}

extension [Chapter] {
  /// Links to the notebooks of a course, each with how its equations stand.
  func markdownList(_ dialect: Dialect) -> String {
    let items = map { chapter in
      let file = chapter.page.replacing(/\.[a-z]+$/, with: dialect.fileExtension)
      let summary = [chapter.complaint, chapter.coverage.summary].filter { !$0.isEmpty }
        .joined(separator: "; ")
      return "- [\(chapter.name)](\(file))" + (summary.isEmpty ? "" : ": \(summary)")
    }
    return items.joined(separator: "\n")
  }
}

extension Notebook {
  /// The front matter as it was written, with its two lines of dashes; empty where there is none.
  var frontMatterText: String {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, isRule(first) else { return "" }
    guard let end = lines.dropFirst().firstIndex(where: { isRule($0) || isRule($0, "...") }) else {
      return ""
    }
    return lines[...end].joined(separator: "\n")
  }

  private func isRule(_ line: Substring, _ sign: String = "---") -> Bool {
    line.hasPrefix(sign) && line.dropFirst(3).allSatisfy(\.isWhitespace)
  }
}
