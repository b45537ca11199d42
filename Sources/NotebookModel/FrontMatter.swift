/// What the YAML between the two `---` lines at the top of a notebook says.
public struct FrontMatter: Hashable, Sendable {
  public var title = ""
  public var authors: [String] = []
  /// As written; no format is demanded.
  public var date = ""
  public var description = ""
  /// The label of the figure that stands for the notebook in the contents of a course; empty for the first.
  public var image = ""
  /// Where `image` is said.
  var imagePosition: Position?
  public var language = "en"
  public var parameters: [Parameter] = []
  public var seed: UInt64 = 1

  public init() {}
}

/// A parameter of a notebook: `params:` gives its type and default, `-P name=value` another value.
public struct Parameter: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case integer(Int)
    case number(Double)
    case boolean(Bool)
    case text(String)
  }
  public var name: String
  public var value: Value
  /// Where the front matter declares it.
  public var position: Position

  public init(name: String, value: Value, position: Position) {
    self.name = name
    self.value = value
    self.position = position
  }
}
