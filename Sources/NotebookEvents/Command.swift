/// What the runner asks of the kernel, between cells.
public enum Command: Hashable, Sendable {
  /// Load a cell's library, enter it, and answer with ``Event/cellStarted(index:)`` ...
  /// ``Event/cellEnded(seconds:peakBytes:)``.
  case run(Run)
  /// Fork; the child sleeps as a snapshot of this moment, reachable by a socket that is sent back.
  case snapshot
  /// To a snapshot: go on as the kernel. It leaves a sleeping copy of itself behind, reachable by a
  /// socket that is sent back.
  case wake
  /// End without a word.
  case quit

  public struct Run: Hashable, Sendable {
    public var index: Int
    /// The cell's shared library and the function in it that runs the cell.
    public var library: String
    public var entry: String
    /// Seeds the standard library's random numbers.
    public var randomSeed: UInt64
    /// Seeds the checks; `nil` where each keeps its own.
    public var reseed: UInt64?
    public var parameters: [Parameter]

    public init(
      index: Int, library: String, entry: String, randomSeed: UInt64, reseed: UInt64? = nil,
      parameters: [Parameter] = []
    ) {
      self.index = index
      self.library = library
      self.entry = entry
      self.randomSeed = randomSeed
      self.reseed = reseed
      self.parameters = parameters
    }
  }

  /// A notebook's parameter; its value in words, which the type that the cell was compiled with reads.
  public struct Parameter: Hashable, Sendable, WireCodable {
    public var name: String
    public var value: String
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
    public func write(to writer: inout WireWriter) {
      writer.write(name)
      writer.write(value)
    }
    public init(from reader: inout WireReader) throws(WireError) {
      self.init(name: try reader.readString(), value: try reader.readString())
    }
  }
}

extension Command: WireCodable {
  public func write(to writer: inout WireWriter) {
    switch self {
    case .run(let run):
      writer.write(UInt8(0))
      writer.write(Int64(run.index))
      writer.write(run.library)
      writer.write(run.entry)
      writer.write(run.randomSeed)
      writer.write(run.reseed != nil)
      writer.write(run.reseed ?? 0)
      writer.write(run.parameters)
    case .snapshot: writer.write(UInt8(1))
    case .wake: writer.write(UInt8(2))
    case .quit: writer.write(UInt8(3))
    }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    switch try reader.read(UInt8.self) {
    case 0:
      let index = Int(try reader.read(Int64.self))
      let library = try reader.readString()
      let entry = try reader.readString()
      let randomSeed = try reader.read(UInt64.self)
      let isReseeded = try reader.readBool()
      let reseed = try reader.read(UInt64.self)
      self = .run(
        Run(
          index: index, library: library, entry: entry, randomSeed: randomSeed,
          reseed: isReseeded ? reseed : nil, parameters: try reader.readArray()))
    case 1: self = .snapshot
    case 2: self = .wake
    case 3: self = .quit
    case let tag: throw WireError(offset: 0, expected: "a command, not \(tag)")
    }
  }
}
