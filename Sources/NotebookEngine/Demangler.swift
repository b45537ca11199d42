import Glibc

/// The runtime's own demangler, with the cells' module names left out.
enum Demangler {
  static func demangle(_ symbol: String) -> String {
    guard symbol.hasPrefix("$s"), let name = swiftDemangle(symbol) else { return symbol }
    return withoutModules(name)
  }

  /// `Cell_a2e6dd6263.Pair` as its author calls it, `Pair`.
  static func withoutModules(_ text: String) -> String {
    text.replacing(/Cell_[0-9a-f]{10}(_\d+)?\./, with: "")
  }

  private static func swiftDemangle(_ symbol: String) -> String? {
    typealias Function =
      @convention(c) (
        UnsafePointer<CChar>?, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UInt32
      )
      -> UnsafeMutablePointer<CChar>?
    guard let address = dlsym(nil, "swift_demangle") else { return nil }
    let function = unsafeBitCast(address, to: Function.self)
    guard let text = symbol.withCString({ function($0, symbol.utf8.count, nil, nil, 0) }) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
