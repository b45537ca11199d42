import Foundation

/// A notebook of five cells: a million normal draws, noise added, the posterior mean by bins, one
/// plot, one printed number. The same work for each runner, in the language of its cells.
struct FiveCells {
  /// Where the notebooks and the pages are.
  let folder: URL
  let runner: Runner

  init(folder: URL, runner: Runner) throws(MeasuringError) {
    self.folder = folder
    self.runner = runner
    try write(PackageResources.five_cells_md, to: "five.md")
    try write(PackageResources.five_cells_Rmd, to: "five.Rmd")
    try write(Array(try FiveCells.jupyterNotebook().utf8), to: "five.ipynb")
  }

  /// Nothing of the notebook known, beside what others do, who know nothing ever.
  func cold(rounds: Int) throws(MeasuringError) {
    var contest = Contest("Five cells, nothing cached", rounds: rounds)
    contest.enter("Flowbook") { () throws(MeasuringError) in
      try runner.forget()
      return try run()
    }
    enterPeers(&contest)
    try contest.run()
    print("  pages: \(pageSizes())")
  }

  /// Run again unchanged.
  func cached(rounds: Int) throws(MeasuringError) {
    _ = try run()
    var contest = Contest("Five cells, run again unchanged", rounds: rounds)
    contest.enter("Flowbook", run)
    enterPeers(&contest)
    try contest.run()
  }

  /// Run again after the last cell has got another number in it.
  func edited(rounds: Int) throws(MeasuringError) {
    _ = try run()
    var contest = Contest("Five cells, after an edit of the last cell", rounds: rounds)
    var edits = 0
    contest.enter("Flowbook") { () throws(MeasuringError) in
      edits += 1
      let text = String(decoding: PackageResources.five_cells_md, as: UTF8.self)
      // A literal that no earlier run, of this or another day, has compiled.
      let literal = "0.8 + \(Date().timeIntervalSince1970) * 1e-300 * \(edits)"
      try write(Array(text.replacing("0.8 *", with: "(\(literal)) *").utf8), to: "five.md")
      return try run()
    }
    enterPeers(&contest)
    try contest.run()
    try write(PackageResources.five_cells_md, to: "five.md")
  }

  private func run() throws(MeasuringError) -> Sample {
    try runner.run("five.md", in: folder).sample
  }

  private func enterPeers(_ contest: inout Contest) {
    if Python.has("nbconvert", "ipykernel", "numpy", "matplotlib") {
      contest.enter("jupyter nbconvert --execute") { () throws(MeasuringError) in
        try ChildProcess(
          Python.program,
          ["-m", "nbconvert", "--execute", "--to", "html", "--log-level", "ERROR", "five.ipynb"], in: folder
        ).run().sample
      }
    } else {
      contest.leaveOut("jupyter nbconvert", because: "as python3 lacks nbconvert, ipykernel or matplotlib")
    }
    if R.hasMarkdown {
      contest.enter("R Markdown") { () throws(MeasuringError) in
        try ChildProcess(
          R.program, ["-e", "rmarkdown::render('five.Rmd', output_file = 'five-r.html', quiet = TRUE)"],
          in: folder
        ).run().sample
      }
    } else {
      contest.leaveOut("R Markdown", because: "as Rscript, its package rmarkdown or pandoc is missing")
    }
  }

  private func pageSizes() -> String {
    let pages = [("Flowbook", "output/five.html"), ("nbconvert", "five.html"), ("R Markdown", "five-r.html")]
    return pages.compactMap { name, path in
      let values = try? folder.appending(path: path).resourceValues(forKeys: [.fileSizeKey])
      return values?.fileSize.map { "\(name) \(($0 + 500) / 1000) kB" }
    }.joined(separator: ", ")
  }

  private func write(_ bytes: [UInt8], to name: String) throws(MeasuringError) {
    do { try Data(bytes).write(to: folder.appending(path: name)) } catch {
      throw MeasuringError("\(folder.path)/\(name) cannot be written: \(error.localizedDescription)")
    }
  }

  /// The Python source, split at its `# %%` lines, in nbformat 4.
  static func jupyterNotebook() throws(MeasuringError) -> String {
    let source = String(decoding: PackageResources.five_cells_py, as: UTF8.self)
    let cells = source.split(separator: "# %%").map { part -> [String: Any] in
      let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
      let body = lines.dropFirst().joined(separator: "\n").trimmingCharacters(in: .newlines)
      if lines[0].contains("[markdown]") {
        return [
          "cell_type": "markdown", "id": "text", "metadata": [:] as [String: Any],
          "source": body.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n"),
        ]
      }
      return [
        "cell_type": "code", "id": "cell\(part.utf8.count)", "metadata": [:] as [String: Any], "source": body,
        "outputs": [Any](), "execution_count": NSNull(),
      ]
    }
    let notebook: [String: Any] = [
      "nbformat": 4, "nbformat_minor": 5, "cells": cells,
      "metadata": ["kernelspec": ["name": "python3", "display_name": "Python 3"]],
    ]
    guard let data = try? JSONSerialization.data(withJSONObject: notebook) else {
      throw MeasuringError("the Jupyter notebook cannot be put into JSON")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
