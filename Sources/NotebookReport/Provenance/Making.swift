/// The versions of all that a page's numbers and looks depend on.
public struct Making: Hashable, Sendable, Codable {
  /// A part and its version: ("Swift", "6.3.1").
  public struct Part: Hashable, Sendable, Codable {
    public var name: String
    public var version: String
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// What numbers depend on: compiler, library, the system's numerics, the processor's abilities.
  public var numbers: [Part]
  /// What the page's looks depend on besides: the program that writes it.
  public var looks: [Part]

  public init(numbers: [Part], looks: [Part]) {
    self.numbers = numbers
    self.looks = looks
  }

  /// What is another one here: "Swift 6.3.1 (here: 6.4.0)".
  public static func changes(from old: [Part], to new: [Part]) -> [String] {
    let names = old.map(\.name) + new.map(\.name).filter { name in !old.contains { $0.name == name } }
    return names.compactMap { name in
      let (was, now) = (version(of: name, old), version(of: name, new))
      return was == now ? nil : "\(name) \(shortened(was)) (here: \(shortened(now)))"
    }
  }

  private static func version(of name: String, _ parts: [Part]) -> String {
    parts.first { $0.name == name }?.version ?? "none"
  }

  /// A digest is known by its beginning.
  static func shortened(_ version: String) -> String {
    version.utf8.count == 64 && version.allSatisfy(\.isHexDigit) ? version.prefix(12) + "…" : version
  }
}
