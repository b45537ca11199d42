import Foundation

/// The program `notebook`, as a user starts it, with a cache of its own.
final class Runner {
  let program: String
  private let folder: URL
  private var caches = 0

  /// - Parameters:
  ///   - named: the program to measure; nil: the one that `swift run notebook` builds.
  ///   - folder: where notebooks, pages and the cache are.
  init(named: String?, folder: URL) throws(MeasuringError) {
    program =
      named.map { URL(filePath: $0).path } ?? Package.root.appending(path: ".build/debug/notebook").path
    self.folder = folder
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw MeasuringError("there is no runner at \(program): build it with 'swift build --product notebook'")
    }
  }

  @discardableResult
  func run(
    _ notebook: String, options: [String] = ["--quiet"],
    watchingFor mark: (Substring) -> Bool = { _ in false }
  ) throws(MeasuringError) -> ChildProcess.Outcome {
    try ChildProcess(
      program, ["run", notebook] + options, in: folder, with: ["FLOWBOOK_CACHE": "cache\(caches)"]
    ).run(watchingFor: mark)
  }

  /// The next run finds nothing: no cell, no formula, no module of C, no word about the toolchain.
  func forget() { caches += 1 }

  /// The size of a page in bytes.
  func pageSize(_ name: String) throws(MeasuringError) -> Int {
    let values = try? folder.appending(path: name).resourceValues(forKeys: [.fileSizeKey])
    guard let size = values?.fileSize else { throw MeasuringError("no page was written to \(name)") }
    return size
  }
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
