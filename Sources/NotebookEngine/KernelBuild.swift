import Digests
public import Foundation
import Glibc

/// The built kernel and what a cell is compiled against.
///
/// The kernel is built in release by the runner itself, which is a debug build when it is started by
/// `swift run`; numerics in debug would be several times slower.
public struct KernelBuild: Hashable, Sendable {
  public var executable: URL
  var modules: URL
  var moduleMaps: [URL]
  /// Where the compiler keeps the C modules of the prelude: beside the kernel, since they depend on it
  /// and on no cell, and a first cell would otherwise wait 0.25 s for them.
  var compiledHeaders: URL
  /// Changes when anything changes that a compiled cell has taken in: the prelude's interfaces.
  var interface: String
  /// SHA-256 of all that the kernel was built from: the same for the same library, wherever it lies.
  public var library: String

  /// The package that this program was built from.
  public static var packageRoot: URL {
    var folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      if isPackage(folder) { return folder }
    }
    return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private static func isPackage(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "Sources/kernel/main.swift").path)
  }

  /// Where the kernel is built.
  public static func scratch(root: URL) -> URL { root.appending(path: ".build/kernel") }

  /// Builds the kernel unless it is up to date.
  ///
  /// - Parameter report: told, in a line, what is being built; the first build takes a minute or more.
  public static func ensure(
    root: URL, toolchain: Toolchain, report: (String) -> Void
  ) throws(EngineError) -> KernelBuild {
    let scratch = scratch(root: root)
    let fingerprint = fingerprint(root: root, toolchain: toolchain)
    let stamp = scratch.appending(path: "notebook-stamp")
    func upToDate() -> KernelBuild? {
      guard let lines = try? String(contentsOf: stamp, encoding: .utf8).split(separator: "\n"),
        lines.count == 3, lines[0] == fingerprint
      else { return nil }
      return located(
        scratch: scratch, root: root, interface: String(lines[1]), library: String(lines[2]))
    }
    if let build = upToDate() { return build }

    // One at a time: another run may be building this very kernel.
    try? FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    let lock = open(scratch.appending(path: "notebook-lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    defer { if lock >= 0 { close(lock) } }
    if lock >= 0 { flock(lock, LOCK_EX) }
    if let build = upToDate() { return build }

    report("building the kernel (in release; only after the library has changed)")
    var environment = ProcessInfo.processInfo.environment
    // Set by `swift test` for its own build, and misleading for this one.
    environment["SWIFT_BACKTRACE"] = nil
    var result = try Tool.run(
      toolchain.packageManager,
      [
        "build", "-c", "release", "--product", "kernel", "--scratch-path", scratch.path, "--package-path",
        root.path,
      ],
      environment: environment)
    guard result.status == 0 else {
      throw EngineError(
        .kernelBuild, "the kernel does not build:\n\(result.output)",
        hint:
          "run 'swift build -c release --product kernel' in \(root.path); 'notebook doctor' names missing packages"
      )
    }
    guard
      let build = located(
        scratch: scratch, root: root, interface: interface(scratch: scratch),
        library: SourceDigest.of(rooms(root), root: root))
    else {
      throw EngineError(.kernelBuild, "the build left no kernel at \(scratch.path)")
    }
    result = try build.compileHeaders(toolchain, scratch: scratch)
    guard result.status == 0 else {
      throw EngineError(
        .kernelBuild, "the kernel was built, and cells cannot import it:\n\(result.output)",
        hint: "remove \(scratch.path) and run again; 'notebook doctor' names missing packages")
    }
    do {
      try AtomicFile.write(Data("\(fingerprint)\n\(build.interface)\n\(build.library)".utf8), to: stamp)
    } catch {
      throw EngineError(.kernelBuild, "cannot write \(stamp.path): \(error)")
    }
    return build
  }

  /// What every compilation against this kernel is told.
  var arguments: [String] {
    ["-I", modules.path, "-module-cache-path", compiledHeaders.path]
      + moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0.path)"] }
  }

  private func compileHeaders(_ toolchain: Toolchain, scratch: URL) throws(EngineError) -> Tool.Result {
    let source = scratch.appending(path: "notebook-prelude.swift")
    do { try AtomicFile.write(Data("import NotebookCells\n".utf8), to: source) } catch {
      throw EngineError(.kernelBuild, "cannot write \(source.path): \(error)")
    }
    return try Tool.run(
      toolchain.frontend, ["-frontend", "-typecheck", "-swift-version", "5"] + arguments + [source.path])
  }

  private static func located(
    scratch: URL, root: URL, interface: String, library: String
  ) -> KernelBuild? {
    let products = scratch.appending(path: "release")
    let executable = products.appending(path: "kernel")
    guard FileManager.default.isExecutableFile(atPath: executable.path) else { return nil }
    let numerics = scratch.appending(
      path: "checkouts/swift-numerics/Sources/_NumericsShims/include/module.modulemap")
    let shims = rooms(root).filter { $0.hasPrefix("C") }
    let generated = shims.map { products.appending(path: "\($0).build/module.modulemap") }
    let written = shims.map { root.appending(path: "Sources/\($0)/module.modulemap") }
    return KernelBuild(
      executable: executable, modules: products.appending(path: "Modules"),
      moduleMaps: ([numerics] + generated + written).filter {
        FileManager.default.fileExists(atPath: $0.path)
      },
      compiledHeaders: scratch.appending(path: "notebook-headers"), interface: interface, library: library)
  }

  /// The folders of Sources that the kernel is built from: all but the runner's, so that a new one
  /// counts without being named here.
  private static func rooms(_ root: URL) -> [String] {
    let others: Set = [
      "NotebookModel", "NotebookEngine", "NotebookReport", "NotebookServer", "notebook", "benchmark",
      "mutation", "Digests", "CCmark", "CDuktape", "CProcess",
    ]
    let folders = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path)
    return (folders ?? []).filter { !others.contains($0) && !$0.contains(".") }.sorted()
  }

  private static func fingerprint(root: URL, toolchain: Toolchain) -> String {
    var hash = ContentHash()
    hash.add(toolchain.version)
    hash.add(root.path)
    hash.add(FileIdentity(root.appending(path: "Package.swift")).description)
    for room in rooms(root) {
      let folder = root.appending(path: "Sources/\(room)")
      let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
      for file in files.sorted() {
        hash.add("\(room)/\(file) \(FileIdentity(folder.appending(path: file)))")
      }
    }
    return hash.hexadecimal
  }

  private static func interface(scratch: URL) -> String {
    var hash = ContentHash()
    let modules = scratch.appending(path: "release/Modules")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: modules.path)) ?? []
    for name in names.sorted() where name.hasSuffix(".swiftmodule") && name != "kernel.swiftmodule" {
      hash.add(name)
      if let bytes = try? Data(contentsOf: modules.appending(path: name)) { hash.add(bytes) }
    }
    return hash.hexadecimal
  }
}
