import ArgumentParser
import Foundation
import NotebookEngine

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look for everything that Flowbook needs, and name the command that installs what is missing.")

  private struct Need {
    var name: String
    var purpose: String
    /// Any of these will do.
    var paths: [String]
    var package: String
    var isOptional = false
  }

  private static let library = "/usr/lib/\(architecture)-linux-gnu"
  private static var architecture: String {
    #if arch(arm64)
      "aarch64"
    #else
      "x86_64"
    #endif
  }

  private static let needs = [
    Need(name: "libgd", purpose: "figures", paths: ["/usr/include/gd.h"], package: "libgd-dev"),
    Need(
      name: "cmark-gfm", purpose: "Markdown", paths: ["/usr/include/cmark-gfm.h"], package: "libcmark-gfm-dev"
    ),
    Need(
      name: "cmark-gfm extensions", purpose: "tables, footnotes",
      paths: ["/usr/include/cmark-gfm-core-extensions.h"], package: "libcmark-gfm-extensions-dev"),
    Need(name: "Duktape", purpose: "formulas", paths: ["/usr/include/duktape.h"], package: "duktape-dev"),
    Need(
      name: "KaTeX", purpose: "formulas",
      paths: ["/usr/share/javascript/katex/katex.min.js", "/usr/share/javascript/katex/katex.js"],
      package: "libjs-katex"),
    Need(
      name: "KaTeX fonts", purpose: "formulas, figures",
      paths: ["/usr/share/fonts/truetype/katex/KaTeX_Main-Regular.ttf"], package: "fonts-katex"),
    Need(
      name: "OpenBLAS", purpose: "matrix products", paths: ["/usr/include/\(architecture)-linux-gnu/cblas.h"],
      package: "libopenblas-dev"),
    Need(
      name: "chromium", purpose: "PDF, only for those who want it",
      paths: ["/usr/bin/chromium", "/usr/bin/google-chrome-stable", "/usr/bin/google-chrome"],
      package: "chromium", isOptional: true),
  ]

  func run() throws {
    var missing: [Need] = []
    for need in Doctor.needs {
      let isThere = need.paths.contains { FileManager.default.fileExists(atPath: $0) }
      let mark = isThere ? "✓" : need.isOptional ? "–" : "✗"
      Terminal.say(
        "\(mark) \(need.name) (\(need.purpose))\(isThere ? "" : ": missing, package \(need.package)")")
      if !isThere { missing.append(need) }
    }
    var isToolchainThere = true
    do {
      let toolchain = try Toolchain.find(
        inPath: ProcessInfo.processInfo.environment["PATH"] ?? "", memory: Places.toolchainMemory)
      Terminal.say("✓ \(toolchain.version)")
    } catch {
      isToolchainThere = false
      Terminal.say("✗ \(error)")
    }
    let needed = missing.filter { !$0.isOptional }
    if !missing.isEmpty {
      Terminal.say("Install with: apt-get install -y \(missing.map(\.package).joined(separator: " "))")
    }
    if !needed.isEmpty || !isToolchainThere { throw ExitStatus.unavailable.code }
  }
}
