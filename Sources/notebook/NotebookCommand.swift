import ArgumentParser
import NotebookEngine

/// The command line. `notebook FILE...` is `notebook run FILE...`.
@main struct NotebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract:
      "Runs Markdown notebooks with Swift cells and writes them as pages whose equations are checked.",
    discussion: """
      Exit codes: 0 all cells ran and no check was refuted; 1 a check was refuted (with --strict also \
      inconclusive or missing), or pages differ (verify, --twice); 2 a cell failed; 64 wrong usage; 65 a \
      notebook that cannot be read, or a page that carries none; 69 the toolchain or the build, or no chromium \
      for a PDF; 73 a page that cannot be written or printed; 130 interrupted.
      """,
    version: "notebook \(version), for Swift \(Toolchain.requiredVersion)",
    subcommands: [
      Run.self, Check.self, Serve.self, Verify.self, Source.self, New.self, Clean.self, Doctor.self,
    ],
    defaultSubcommand: Run.self)

  static let version = "0.1.0"

  static func main() {
    Subreaper.become()
    main(nil)
  }
}
