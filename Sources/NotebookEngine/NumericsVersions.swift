import Foundation
import Glibc

extension KernelBuild {
  /// The versions of all that numbers of cells depend on: equal ones compute the same, to the last bit.
  public func numericsVersions(_ toolchain: Toolchain) -> [(name: String, version: String)] {
    [
      ("Swift", toolchain.version), ("library", library), ("processor", Processor.description),
      ("C library", Self.libraryOfC), ("OpenBLAS", sharedLibrary("libopenblas.so.0")),
      ("libgd", sharedLibrary("libgd.so.3")),
    ]
  }

  /// "glibc 2.36"
  private static var libraryOfC: String {
    var buffer = [CChar](repeating: 0, count: 64)
    let count = confstr(Int32(_CS_GNU_LIBC_VERSION), &buffer, buffer.count)
    return count > 0
      ? String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "unknown"
  }

  /// The file that a library's name leads to, `libgd.so.3.0.11`: distributions put the version there.
  private func sharedLibrary(_ name: String) -> String {
    let folders = ["/usr/lib/\(Toolchain.architecture)-linux-gnu", "/usr/lib64", "/usr/lib"]
    let file = folders.map { URL(filePath: "\($0)/\(name)") }.first {
      FileManager.default.fileExists(atPath: $0.path)
    }
    return file?.resolvingSymlinksInPath().lastPathComponent ?? name
  }
}

/// What the processor can do that libraries choose their code by.
enum Processor {
  /// "x86_64 avx2 fma"
  static let description: String = {
    let wanted: Set = ["avx", "avx2", "avx512f", "fma", "sve", "asimd"]
    var flags: [Substring] = []
    // The first processor is told of within the first pages; all of them take long where there are many.
    if let file = try? FileHandle(forReadingFrom: URL(filePath: "/proc/cpuinfo")),
      let start = try? file.read(upToCount: 1 << 13)
    {
      let lines = String(decoding: start, as: UTF8.self).split(separator: "\n")
      flags = lines.first { $0.hasPrefix("flags") || $0.hasPrefix("Features") }?.split(separator: " ") ?? []
    }
    let found = Set(flags.map(String.init)).intersection(wanted).sorted()
    return ([Toolchain.architecture] + found).joined(separator: " ")
  }()
}
