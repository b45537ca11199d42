import Foundation
import NotebookEvents
import NotebookModel

/// Turns addresses in loaded code into functions, files and lines.
struct Symbolizer {
  /// The units that were loaded, by the path of their libraries.
  let libraries: [String: Unit]
  /// The kernel's executable, which holds the libraries that cells call.
  let kernel: String
  /// The notebook's.
  let path: String
  let toolchain: Toolchain

  struct Symbol {
    /// For the reader: the function, and its place in the notebook or in the library.
    var frame: Event.Failure.StackFrame
    /// The unit that the code belongs to, and the place in its own numbering.
    var unit: Unit?
    var line = 0
    var column = 0
    /// "arithmetic overflow", where the compiler inlined a trap without a message.
    var runtimeFailure: String?
    /// The kernel's own frames, and the runtime's.
    var isInternal = false
  }

  func symbolize(_ addresses: [Frame.Address]) -> [Symbol] {
    func isKnown(_ address: Frame.Address) -> Bool {
      libraries[address.library] != nil || address.library == kernel
    }
    var lines = lines(addresses.filter(isKnown)).makeIterator()
    return addresses.flatMap { address -> [Symbol] in
      let found = isKnown(address) ? lines.next() ?? [] : []
      if found.isEmpty {
        var symbol = Symbol(frame: .init(function: Demangler.demangle(address.symbol)))
        symbol.isInternal = isInternal(address)
        return [symbol]
      }
      return found.map { symbol(at: $0, of: address) }
    }
  }

  private func symbol(at line: Line, of address: Frame.Address) -> Symbol {
    var symbol = Symbol(frame: .init(function: line.function, file: line.file, line: line.line))
    symbol.line = line.line
    symbol.column = line.column
    symbol.unit = libraries.values.first { $0.fileName == line.file }
    if let unit = symbol.unit {
      symbol.frame.file = path
      symbol.frame.line = unit.position(line: line.line)?.line ?? 0
      if line.function.hasSuffix("_main") { symbol.frame.function = "the cell" }
    } else {
      symbol.isInternal = isInternal(address)
    }
    if line.function.hasPrefix("Swift runtime failure: ") {
      symbol.runtimeFailure = String(line.function.dropFirst("Swift runtime failure: ".count))
      symbol.isInternal = true
    }
    return symbol
  }

  private func isInternal(_ address: Frame.Address) -> Bool {
    let isSystem = ["/libc.", "/libc-", "libswiftCore", "/ld-linux"].contains { address.library.contains($0) }
    let isKernels =
      address.library == kernel && (!address.symbol.hasPrefix("$s") || address.symbol.hasPrefix("$s6kernel"))
    return isSystem || isKernels || address.symbol.isEmpty
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
