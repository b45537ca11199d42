import Foundation

/// The program `notebook`, as a user starts it.
struct Runner {
  let program: String

  /// - Parameter named: the program to measure; nil: the one that `swift run notebook` builds.
  init(named: String?) throws(MeasuringError) {
    program =
      named.map { URL(filePath: $0).path } ?? Package.root.appending(path: ".build/debug/notebook").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw MeasuringError("there is no runner at \(program): build it with 'swift build --product notebook'")
    }
  }

  func run(_ notebook: String, in folder: URL) throws(MeasuringError) -> ChildProcess.Outcome {
    try ChildProcess(program, ["run", "--quiet", notebook], in: folder).run()
  }

  /// Removes every compiled cell and every set formula.
  func forget() throws(MeasuringError) { try ChildProcess(program, ["clean"]).run() }
}

/// The package that this program was built from.
enum Package {
  static var root: URL {
    var folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
        return folder
      }
    }
    return URL(filePath: FileManager.default.currentDirectoryPath)
  }
}
