public import Foundation
import Glibc

/// The Swift toolchain that compiles cells: the one whose `swift` comes first in `PATH`.
public struct Toolchain: Hashable, Sendable {
  /// The major and minor version that the engine was written for. The compiler's frontend, which it
  /// calls directly, promises nothing between versions.
  public static let requiredVersion = "6.3"

  /// `swift-frontend`, `ld.lld` and the others lie here.
  public var binaries: URL
  /// What `swift-frontend --version` says; part of every cell's hash.
  public var version: String

  var frontend: URL { binaries.appending(path: "swift-frontend") }
  var linker: URL { binaries.appending(path: "ld.lld") }
  var linkerDriver: URL { binaries.appending(path: "clang") }
  var autolinkExtractor: URL { binaries.appending(path: "swift-autolink-extract") }
  var symbolizer: URL { binaries.appending(path: "llvm-symbolizer") }
  var packageManager: URL { binaries.appending(path: "swift") }
  /// The runtime's libraries.
  var runtime: URL { binaries.appending(path: "../lib/swift/linux").standardizedFileURL }
  var runtimeObject: URL { runtime.appending(path: "\(Toolchain.architecture)/swiftrt.o") }
  var hostPlugins: URL { binaries.appending(path: "../lib/swift/host/plugins").standardizedFileURL }
  var pluginServer: URL {
    binaries.appending(path: "../lib/swift/host/libSwiftInProcPluginServer.so").standardizedFileURL
  }

  static var architecture: String {
    #if arch(arm64)
      "aarch64"
    #else
      "x86_64"
    #endif
  }

  /// Finds the toolchain.
  ///
  /// - Parameters:
  ///   - path: the search path, `PATH` of the environment.
  ///   - memory: a file that remembers the version of the compiler last seen, whose start takes 60 ms.
  /// - Throws: ``EngineError`` where there is no toolchain, or one of another version.
  public static func find(inPath path: String, memory: URL) throws(EngineError) -> Toolchain {
    let folders = path.split(separator: ":").map(String.init)
    guard let swift = folders.map({ "\($0)/swift" }).first(where: isExecutable) else {
      throw EngineError(
        .toolchainMissing, "no 'swift' was found in PATH",
        hint:
          "install Swift \(requiredVersion) from https://www.swift.org/install and put its usr/bin into PATH")
    }
    let binaries = URL(filePath: swift).resolvingSymlinksInPath().deletingLastPathComponent()
    for tool in ["swift-frontend", "ld.lld", "clang", "swift-autolink-extract", "llvm-symbolizer"]
    where !isExecutable(binaries.appending(path: tool).path) {
      throw EngineError(
        .toolchainMissing, "the toolchain of \(swift) has no '\(tool)'",
        hint: "install the complete Swift \(requiredVersion) toolchain")
    }
    let version = try version(of: binaries.appending(path: "swift-frontend"), memory: memory)
    guard
      version.contains("Swift version \(requiredVersion).")
        || version.contains("Swift version \(requiredVersion) ")
    else {
      throw EngineError(
        .toolchainVersion, "Swift \(requiredVersion) is needed, and \(swift) says: \(version)",
        hint: "install Swift \(requiredVersion), or put it first in PATH")
    }
    return Toolchain(binaries: binaries, version: version)
  }

  private static func isExecutable(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  private static func version(of frontend: URL, memory: URL) throws(EngineError) -> String {
    let identity = "\(frontend.path) \(FileIdentity(frontend))\n"
    if let remembered = try? String(contentsOf: memory, encoding: .utf8), remembered.hasPrefix(identity) {
      return String(remembered.dropFirst(identity.count))
    }
    let result = try Tool.run(frontend, ["--version"])
    guard result.status == 0 else {
      throw EngineError(
        .toolchainMissing, "\(frontend.path) does not run: \(result.output)",
        hint: "install Swift \(requiredVersion) again")
    }
    let version = result.output.split(separator: "\n").joined(separator: ", ")
    try? AtomicFile.write(Data((identity + version).utf8), to: memory)
    return version
  }
}

/// Size and time of change: enough to tell that a file is the one seen before.
struct FileIdentity: CustomStringConvertible {
  let description: String

  init(_ file: URL) {
    var status = stat()
    description =
      stat(file.path, &status) == 0
      ? "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)" : "missing"
  }
}
