import ArgumentParser
import Foundation
import NotebookEngine

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Write a notebook to start from.")

  @Argument(help: "Its name, or its path; without a folder it goes into Notebooks/, where that exists.")
  var name: String

  func run() throws {
    var isFolder: ObjCBool = false
    let hasNotebooks =
      FileManager.default.fileExists(atPath: "Notebooks", isDirectory: &isFolder) && isFolder.boolValue
    let file = name.hasSuffix(".md") ? name : name + ".md"
    let path = file.contains("/") || !hasNotebooks ? file : "Notebooks/\(file)"
    guard !FileManager.default.fileExists(atPath: path) else {
      Terminal.complain("\(path): error: there is such a file already; choose another name")
      throw ExitStatus.usage.code
    }
    let title = URL(filePath: file).deletingPathExtension().lastPathComponent.replacing("_", with: " ")
    do { try AtomicFile.write(Data(New.text(title: title).utf8), to: URL(filePath: path)) } catch {
      Terminal.complain("\(path): error: cannot be written: \(error.localizedDescription)")
      throw ExitStatus.cannotWrite.code
    }
    Terminal.say("\(path): run it with 'swift run notebook \(path)'")
  }

  /// A notebook with one of each: an equation, its check, a figure, a value in a sentence.
  static func text(title: String) -> String {
    #"""
    ---
    title: "\#(title.replacing("\"", with: "\\\""))"
    params:
      deviation: 0.5
    ---

    A Gaussian with mean $m$ and deviation $\sigma$ has the score

    $$ \nabla \log p(x) = \frac{m - x}{\sigma^2} $$ {#eq-score}

    Here $m = 1$ and $\sigma$ is `{swift} deviation`. The left side of @eq-score is found by differentiation:

    ```swift
    let gaussian = Gaussian(mean: 1.0, deviation: deviation)

    verify("eq-score", over: Domain(x: -2...4)) { x in
      derivative(at: x) { gaussian.logDensity($0) }
    } equals: { x in
      (1 - x) / (deviation * deviation)
    }
    ```

    @fig-density shows the density.

    ```swift
    //| label: fig-density
    //| fig-cap: The density of a Gaussian.
    Figure()
      .line(over: -2...4, "$p$") { gaussian.density($0) }
      .x("$x$").y("$p(x)$")
    ```
    """# + "\n"
  }
}
