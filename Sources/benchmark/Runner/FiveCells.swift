import Foundation

/// A notebook of five cells: a million normal draws, noise added, the posterior mean by bins, one
/// plot, one printed number. The same work for each runner, in the language of its cells.
struct FiveCells {
  /// Where the notebooks and the pages are.
  let folder: URL
  let runner: Runner
  /// The peers' versions; nil if they are not installed.
  private let nbconvert: String?
  private let rmarkdown: String?

  init(folder: URL, runner: Runner) throws(MeasuringError) {
    self.folder = folder
    self.runner = runner
    nbconvert = try Python.version(of: ["nbconvert", "ipykernel", "numpy", "matplotlib"])
    rmarkdown = try RMarkdown.version()
    try write(PackageResources.five_cells_md, to: folder.appending(path: "five.md"))
    try write(PackageResources.five_cells_Rmd, to: folder.appending(path: "five.Rmd"))
    try write(
      Array(try JupyterNotebook.json(of: PackageResources.five_cells_py).utf8),
      to: folder.appending(path: "five.ipynb"))
  }

  /// Nothing of the notebook known, beside what others do, who know nothing ever.
  func cold(rounds: Int) throws(MeasuringError) {
    var contest = Contest("Five cells, nothing cached", rounds: rounds)
    contest.enter("Flowbook") { () throws(MeasuringError) in
      runner.forget()
      return try run()
    }
    enterPeers(&contest)
    try contest.run()
    print("  pages: \(try pageSizes())")
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
      try write(
        Array(text.replacing("0.8 *", with: "(\(literal)) *").utf8), to: folder.appending(path: "five.md"))
      return try run()
    }
    enterPeers(&contest)
    try contest.run()
    try write(PackageResources.five_cells_md, to: folder.appending(path: "five.md"))
  }

  private func run() throws(MeasuringError) -> Sample {
    try runner.run("five.md").sample
  }

  private func enterPeers(_ contest: inout Contest) {
    if let nbconvert {
      contest.enter("jupyter nbconvert \(nbconvert)") { () throws(MeasuringError) in
        try ChildProcess(
          Python.program,
          ["-m", "nbconvert", "--execute", "--to", "html", "--log-level", "ERROR", "five.ipynb"], in: folder
        ).run().sample
      }
    } else {
      contest.leaveOut("jupyter nbconvert", because: "as python3 lacks nbconvert, ipykernel or matplotlib")
    }
    if let rmarkdown {
      contest.enter("R Markdown \(rmarkdown)") { () throws(MeasuringError) in
        try ChildProcess(
          RMarkdown.program,
          ["-e", "rmarkdown::render('five.Rmd', output_file = 'five-r.html', quiet = TRUE)"], in: folder
        ).run().sample
      }
    } else {
      contest.leaveOut("R Markdown", because: "as Rscript, its package rmarkdown or pandoc is missing")
    }
  }

  private func pageSizes() throws(MeasuringError) -> String {
    var pages = [("Flowbook", "output/five.html")]
    if nbconvert != nil { pages.append(("nbconvert", "five.html")) }
    if rmarkdown != nil { pages.append(("R Markdown", "five-r.html")) }
    var sizes: [String] = []
    for (name, path) in pages { sizes.append("\(name) \((try runner.pageSize(path) + 500) / 1000) kB") }
    return sizes.joined(separator: ", ")
  }
}
