import Foundation
import NotebookEngine

/// Where the runner keeps what it can make again: compiled cells, set formulas.
enum Places {
  /// `FLOWBOOK_CACHE`, or a folder of the package's own build.
  static var root: URL {
    ProcessInfo.processInfo.environment["FLOWBOOK_CACHE"].map { URL(filePath: $0) }
      ?? KernelBuild.packageRoot.appending(path: ".build/notebook")
  }
  static var cells: URL { root.appending(path: "cells") }
  static var report: URL { root.appending(path: "report") }
  /// What addresses of `serve` contain; for its owner alone.
  static var token: URL { root.appending(path: "serve-token") }
  static var toolchainMemory: URL { root.appending(path: "toolchain.txt") }
}
