import Foundation
import NotebookEvents

/// Turns addresses in loaded code into functions, files and lines.
struct Symbolizer {
  /// The units that were loaded, by the path of their libraries.
  let libraries: [String: Unit]
  let toolchain: Toolchain

  struct Symbol {
    var frame: Event.Failure.StackFrame
    var column = 0
    var unit: Unit?
    /// "arithmetic overflow", where the compiler inlined a trap without a message.
    var runtimeFailure: String?
    /// The kernel's own frames, and the runtime's.
    var isInternal = false
  }

  func symbolize(_ addresses: [Frame.Address]) -> [Symbol] {
    let known = addresses.filter { libraries[$0.library] != nil }
    let lines = lines(known)
    var next = lines.makeIterator()
    return addresses.flatMap { address -> [Symbol] in
      guard let unit = libraries[address.library] else {
        var symbol = Symbol(frame: .init(function: Demangler.demangle(address.symbol)))
        symbol.isInternal = isInternal(address)
        return [symbol]
      }
      return (next.next() ?? []).map { line in
        var symbol = Symbol(frame: .init(function: line.function, file: line.file, line: line.line))
        symbol.column = line.column
        symbol.unit = libraries.values.first { $0.fileName == line.file } ?? (line.file.isEmpty ? unit : nil)
        if line.function.hasPrefix("Swift runtime failure: ") {
          symbol.runtimeFailure = String(line.function.dropFirst("Swift runtime failure: ".count))
          symbol.isInternal = true
        }
        if line.function.hasSuffix("_main") { symbol.frame.function = "the cell" }
        return symbol
      }
    }
  }

  private func isInternal(_ address: Frame.Address) -> Bool {
    address.symbol.isEmpty || address.library.contains("/libc.") || address.library.contains("/libc-")
      || address.library.contains("libswiftCore") || address.symbol.hasPrefix("ck_")
      || address.library.hasSuffix("/kernel") && !address.symbol.hasPrefix("$s")
      || address.symbol.hasPrefix("$s6kernel")
  }

  private struct Line {
    var function: String
    var file: String
    var line: Int
    var column: Int
  }

  /// For each address the functions there, innermost inlined one first.
  private func lines(_ addresses: [Frame.Address]) -> [[Line]] {
    guard !addresses.isEmpty else { return [] }
    let queries = addresses.map { "\($0.library) 0x\(String($0.offset, radix: 16))" }
    guard
      let result = try? Tool.run(
        toolchain.symbolizer, ["--basenames", "--inlines", "--no-demangle", "--output-style=LLVM"] + queries)
    else { return [] }
    return result.output.components(separatedBy: "\n\n").prefix(addresses.count).map { block in
      let lines = block.split(separator: "\n").map(String.init)
      return stride(from: 0, to: lines.count - 1, by: 2).map { index in
        let place = lines[index + 1].split(separator: ":", omittingEmptySubsequences: false)
        let count = place.count
        return Line(
          function: Demangler.demangle(lines[index]),
          file: count >= 3 ? place[..<(count - 2)].joined(separator: ":").replacing("??", with: "") : "",
          line: count >= 2 ? Int(place[count - 2]) ?? 0 : 0,
          column: count >= 1 ? Int(place[count - 1]) ?? 0 : 0)
      }
    }
  }

}
