import Foundation
import NotebookEngine
import NotebookReport

/// What running cells takes: the toolchain, and the kernel built by it.
struct Workshop {
  let toolchain: Toolchain
  let build: KernelBuild
  /// What pages tell of all this.
  let making: Making

  /// Finds the toolchain and brings the kernel up to date.
  static func prepare(isQuiet: Bool) -> Result<Workshop, EngineError> {
    Result { () throws(EngineError) in
      let toolchain = try Toolchain.find(
        inPath: ProcessInfo.processInfo.environment["PATH"] ?? "", memory: Places.toolchainMemory)
      let build = try KernelBuild.ensure(root: KernelBuild.packageRoot, toolchain: toolchain) { message in
        if !isQuiet { Terminal.complain("notebook: \(message) ...") }
      }
      let numbers = build.numericsVersions(toolchain).map { Making.Part(name: $0.name, version: $0.version) }
      return Workshop(
        toolchain: toolchain, build: build, making: Making(numbers: numbers, looks: Making.looks()))
    }
  }
}
