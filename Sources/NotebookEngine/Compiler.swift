import Foundation
import Glibc
import NotebookModel

/// A cell that is ready to be loaded.
struct CompiledCell: Sendable {
  var module: String
  var library: URL
  /// Changes when anything changes that a later cell could take in.
  var interface: String
  /// The compiler's warnings.
  var warnings: [Diagnostic]
  var isCached: Bool
  var seconds: Double

  /// The folder that holds the module.
  var folder: URL { library.deletingLastPathComponent() }
}

/// Compiles a unit to a shared library, or finds that it has been.
///
/// An entry of the cache is a folder, named after a hash of all that the compiler takes in, and made
/// in one rename; nothing in it ever changes.
struct Compiler: Sendable {
  enum Outcome: Sendable {
    case compiled(CompiledCell)
    case refused([Diagnostic])
    /// A unit that it imports did not compile.
    case blocked
    case cancelled
  }

  let toolchain: Toolchain
  let kernel: KernelBuild
  /// The folder of the cache.
  let cache: URL
  let path: String

  private static let libraryName = "cell.so"
  private static let diagnosticsName = "diagnostics.txt"
  private static let interfaceName = "interface.txt"

  /// - Parameter onStart: gets each process that is started, so that it can be killed.
  func compile(
    _ unit: Unit, dependencies: [CompiledCell], onStart: (pid_t) -> Void
  ) throws(EngineError) -> Outcome {
    guard unit.problems.isEmpty else { return .refused(unit.problems) }
    let folder = cache.appending(path: key(unit, dependencies))
    if let cell = cached(in: folder, unit) {
      // Marks the entry as used, for the pruning of old ones.
      utimes(folder.path, nil)
      return .compiled(cell)
    }
    let start = ContinuousClock.now
    let draft = cache.appending(path: ".\(folder.lastPathComponent).\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: draft) }
    do {
      try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
      try Data(unit.source.utf8).write(to: draft.appending(path: unit.fileName))
    } catch {
      throw EngineError(
        .system, "cannot write into the cache at \(cache.path): \(error.localizedDescription)",
        hint: "make room there, or give it another place")
    }
    // In one and the same directory, since the module takes its name in.
    let result = try Tool.run(
      toolchain.frontend, arguments(unit, dependencies, in: draft.lastPathComponent), directory: cache,
      onStart: onStart)
    let diagnostics = CompilerDiagnostics.parse(result.output, unit: unit, path: path)
    guard result.status == 0 else {
      if result.status == 128 + SIGKILL { return .cancelled }
      if diagnostics.contains(where: { $0.severity == .error }) { return .refused(diagnostics) }
      return .refused([
        Diagnostic(
          file: path, at: unit.cell?.start, "the compiler ended with status \(result.status)",
          hint: "try to write this cell differently. It said:\n\(result.output.suffix(2000))")
      ])
    }
    if let refusal = try link(unit, in: draft, onStart: onStart) { return refusal }
    do {
      let module = try Data(contentsOf: draft.appending(path: "\(unit.module).swiftmodule"))
      var hash = ContentHash()
      hash.add(unit.module)
      hash.add(module)
      try Data(hash.hexadecimal.utf8).write(to: draft.appending(path: Compiler.interfaceName))
      try Data(result.output.utf8).write(to: draft.appending(path: Compiler.diagnosticsName))
      try? FileManager.default.removeItem(at: draft.appending(path: "cell.o"))
      // Another run may have made the same entry meanwhile; it is as good.
      if rename(draft.path, folder.path) != 0, errno != EEXIST, errno != ENOTEMPTY {
        throw EngineError.system("write into the cache at \(cache.path)")
      }
    } catch let error as EngineError {
      throw error
    } catch {
      throw EngineError(
        .system, "cannot write into the cache at \(cache.path): \(error.localizedDescription)")
    }
    guard var cell = cached(in: folder, unit) else {
      throw EngineError(.system, "the cache at \(cache.path) lost an entry that was just made")
    }
    cell.isCached = false
    cell.seconds = (ContinuousClock.now - start) / .seconds(1)
    return .compiled(cell)
  }

  private func cached(in folder: URL, _ unit: Unit) -> CompiledCell? {
    guard
      let interface = try? String(
        contentsOf: folder.appending(path: Compiler.interfaceName), encoding: .utf8),
      let output = try? String(
        contentsOf: folder.appending(path: Compiler.diagnosticsName), encoding: .utf8)
    else { return nil }
    return CompiledCell(
      module: unit.module, library: folder.appending(path: Compiler.libraryName), interface: interface,
      warnings: CompilerDiagnostics.parse(output, unit: unit, path: path), isCached: true, seconds: 0)
  }

  private func key(_ unit: Unit, _ dependencies: [CompiledCell]) -> String {
    var hash = ContentHash()
    hash.add(toolchain.version)
    hash.add(kernel.interface)
    hash.add(arguments(unit, [], in: "").joined(separator: "\n"))
    hash.add(unit.source)
    for dependency in dependencies { hash.add(dependency.interface) }
    return hash.hexadecimal
  }

  /// The frontend is called directly: the driver would take as long again.
  private func arguments(_ unit: Unit, _ dependencies: [CompiledCell], in draft: String) -> [String] {
    [
      "-frontend", "-c", "-O", "-g", "-enable-testing", "-assert-config", "Debug", "-primary-file",
      "\(draft)/\(unit.fileName)", "-module-name", unit.module, "-entry-point-function-name", unit.entry,
      "-swift-version",
      "5", "-enable-bare-slash-regex", "-diagnostic-style", "llvm", "-file-compilation-dir", ".",
      "-plugin-path", toolchain.hostPlugins.path, "-in-process-plugin-server-path",
      toolchain.pluginServer.path,
      "-emit-module-path", "\(draft)/\(unit.module).swiftmodule", "-o", "\(draft)/cell.o",
    ] + kernel.arguments
      // Each by its name: the frontend would look into every folder for every module.
      + dependencies.map { "-swift-module-file=\($0.module)=\($0.folder.path)/\($0.module).swiftmodule" }
  }

  /// The symbols of the prelude and of earlier cells are found in the kernel when the cell is loaded.
  private func link(_ unit: Unit, in folder: URL, onStart: (pid_t) -> Void) throws(EngineError) -> Outcome? {
    let objects = ["-shared", "-o", Compiler.libraryName, "cell.o", toolchain.runtimeObject.path]
    let search = ["-L\(toolchain.runtime.path)"]
    let result: Tool.Result
    if unit.importsModules {
      // Other modules bring libraries of their own, and clang knows where the system keeps them.
      let found = try Tool.run(
        toolchain.autolinkExtractor, ["cell.o", "-o", "autolink.txt"], directory: folder, onStart: onStart)
      guard found.status == 0 else { return .cancelled }
      result = try Tool.run(
        toolchain.linkerDriver,
        ["-fuse-ld=lld"] + objects + search + ["-Wl,-rpath,\(toolchain.runtime.path)", "@autolink.txt"],
        directory: folder, onStart: onStart)
    } else {
      result = try Tool.run(
        toolchain.linker,
        objects + search + [
          "-rpath", toolchain.runtime.path, "--as-needed", "-lswiftCore", "-lswift_Concurrency",
          "-lswift_StringProcessing", "-lswift_RegexParser",
        ], directory: folder, onStart: onStart)
    }
    if result.status == 0 { return nil }
    if result.status == 128 + SIGKILL { return .cancelled }
    return .refused([
      Diagnostic(file: path, at: unit.cell?.start, "the cell does not link: \(result.output)")
    ])
  }
}
