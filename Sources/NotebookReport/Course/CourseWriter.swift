import NotebookModel

/// Writes the contents of a course: each notebook with a figure and its verdicts, then all equations.
struct CourseWriter {
  let chapters: [Chapter]

  /// How many equations of all notebooks are verified.
  var summary: String {
    let coverage = Coverage(joining: chapters.map(\.coverage))
    let broken = chapters.count { !$0.complaint.isEmpty }
    let notebooks = "\(chapters.count) notebook\(chapters.count == 1 ? "" : "s")"
    let failures = broken == 0 ? "" : ", \(broken) of them not whole"
    let verdicts = coverage.summary.isEmpty ? "" : ": \(coverage.summary)"
    let isGood = broken == 0 && coverage.count(.refuted) == 0
    let isDecided = coverage.count(.inconclusive) + coverage.count(.missing) == 0
    let standing: Coverage.Standing = !isGood ? .refuted : isDecided ? .verified : .inconclusive
    return """
      <div class="summary \(standing.className)">
      <p><span class="mark" aria-hidden="true">\(standing.mark)</span> \
      \(escaped(notebooks + failures + verdicts)).</p>
      </div>

      """
  }

  var html: String {
    """
    <section aria-labelledby="page.notebooks">
    <h2 id="page.notebooks">Notebooks</h2>
    <ul class="chapters">
    \(chapters.map(item).joined())</ul>
    </section>
    \(equations)
    """
  }

  private func item(_ chapter: Chapter) -> String {
    let link = "<a href=\"\(escaped(chapter.page))\">\(chapter.title)</a>"
    let description = chapter.description.isEmpty ? "" : "<p>\(chapter.description)</p>\n"
    let verdicts = chapter.coverage.summary.isEmpty ? "" : escaped(chapter.coverage.summary)
    let complaint =
      chapter.complaint.isEmpty ? "" : "<strong class=\"complaint\">✗ \(escaped(chapter.complaint))</strong>"
    let facts = [complaint, verdicts].filter { !$0.isEmpty }.joined(separator: "; ")
    return """
      <li>
      <div class="thumbnail">\(chapter.picture)</div>
      <div>
      <h3>\(link)</h3>
      \(description)\(facts.isEmpty ? "" : "<p class=\"facts-line\">\(facts)</p>\n")</div>
      </li>

      """
  }

  private var equations: String {
    let groups = chapters.filter { !$0.rows.isEmpty }.map { chapter in
      """
      <tbody>
      <tr><th colspan="3" scope="rowgroup">\(chapter.title)</th></tr>
      \(chapter.rows)</tbody>

      """
    }
    if groups.isEmpty { return "" }
    let table = """
      <table class="equations of-course">
      <thead>
      <tr><th scope="col">Number</th><th scope="col">Equation</th><th scope="col">Verdict</th></tr>
      </thead>
      \(groups.joined())</table>
      """
    return """
      <section class="all-equations" aria-labelledby="page.all-equations">
      <h2 id="page.all-equations">All equations and their verdicts</h2>
      \(scrollBox(table, label: "All equations and their verdicts"))</section>

      """
  }
}
