import Foundation
import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookEngine

/// What all tests of the engine share: the toolchain, the kernel, a cache of their own.
enum Bench {
  static let root = KernelBuild.packageRoot
  static let cache = root.appending(path: ".build/notebook-tests/cells")
  static let toolchain = Result { () throws(EngineError) -> Toolchain in
    try Toolchain.find(
      inPath: ProcessInfo.processInfo.environment["PATH"] ?? "",
      memory: root.appending(path: ".build/notebook-tests/toolchain.txt"))
  }
  static let build = Result { () throws(EngineError) -> KernelBuild in
    try KernelBuild.ensure(root: root, toolchain: try toolchain.get()) { _ in }
  }

  static func session() throws -> Session {
    try Session(toolchain: try toolchain.get(), build: try build.get(), cache: cache)
  }

  /// A notebook of these cells, in a folder that exists.
  static func notebook(_ cells: String..., frontMatter: String = "") throws -> Notebook {
    let front = frontMatter.isEmpty ? "" : "---\n\(frontMatter)\n---\n"
    let text = front + cells.map { "```swift\n\($0)\n```\n" }.joined(separator: "\nProse.\n\n")
    return try Notebook.parse(text, path: NSTemporaryDirectory() + "bench.md")
  }

  /// Runs the cells in a session of their own.
  static func run(_ cells: String..., options: Session.Options = .init()) throws -> [CellRecord] {
    let front = "---\ntitle: Bench\n---\n"
    let text = front + cells.map { "```swift\n\($0)\n```\n" }.joined(separator: "\nProse.\n\n")
    let notebook = try Notebook.parse(text, path: NSTemporaryDirectory() + "bench.md")
    let session = try session()
    defer { session.close() }
    return try session.run(notebook, options: options)
  }
}

extension Session {
  func run(_ notebook: Notebook, options: Options = .init()) throws -> [CellRecord] {
    try run(notebook, parameters: notebook.frontMatter.parameters, options: options) { _ in }.cells
  }
}

extension CellRecord {
  /// All that was printed and shown in words.
  var text: String {
    outputs.map { output in
      switch output {
      case .text(let head, _, let tail): head + tail
      case .value(let value): "[\(value)]"
      case .inlineValue(_, let text): "{\(text)}"
      default: "<\(output)>"
      }
    }.joined()
  }
}
