/// R with its package rmarkdown, and pandoc.
enum RMarkdown {
  static let program = "Rscript"

  /// Nil unless all that it needs is installed.
  static func version() throws(MeasuringError) -> String? {
    guard ChildProcess.find(program) != nil else { return nil }
    let script = """
      if (requireNamespace("rmarkdown", quietly = TRUE) && rmarkdown::pandoc_available())
        cat(as.character(packageVersion("rmarkdown")))
      """
    let output = try ChildProcess(program, ["-e", script]).run().output
    return output.isEmpty ? nil : output.split(separator: "\n").map(String.init).last
  }
}
