/// The envelope of everything on the control socket: a four-byte count, a kind, and the content.
///
/// An event is answered by one byte, the acknowledgement: the runner first reads all that the kernel
/// printed before the event, so that text and events keep their order although they travel apart.
public enum Frame: Hashable, Sendable {
  case event(Event)
  case command(Command)
  /// A cell stopped before its end: raw addresses, since a signal handler can do no more than that.
  case crash(Crash)
  /// A snapshot was taken; its socket travels beside this frame. `isWhole` is false where threads of
  /// Dispatch, which do not survive a fork, had run before.
  case snapshotTaken(processIdentifier: Int32, isWhole: Bool)

  /// The largest frame that either side accepts: an animation of a hundred large frames fits.
  public static let largestCount = 1 << 30

  public struct Crash: Hashable, Sendable {
    public enum Cause: UInt8, Hashable, Sendable {
      case signal, thrown, exited
      /// The runner asked where the cell is by a signal and ends it.
      case stopped
    }
    public var cause: Cause
    /// The signal, or the exit status.
    public var code: Int32
    /// The address whose access failed.
    public var address: UInt64
    /// Where the stack of the struck thread stood.
    public var stackPointer: UInt64
    /// An uncaught error in words.
    public var message: String
    /// Return addresses, innermost first.
    public var frames: [Address]

    public init(
      cause: Cause, code: Int32 = 0, address: UInt64 = 0, stackPointer: UInt64 = 0, message: String = "",
      frames: [Address] = []
    ) {
      self.cause = cause
      self.code = code
      self.address = address
      self.stackPointer = stackPointer
      self.message = message
      self.frames = frames
    }
  }

  /// A place in loaded code that another process can make sense of.
  public struct Address: Hashable, Sendable, WireCodable {
    public var library: String
    public var offset: UInt64
    /// The nearest exported symbol, mangled; empty where there is none.
    public var symbol: String
    public init(library: String, offset: UInt64, symbol: String) {
      self.library = library
      self.offset = offset
      self.symbol = symbol
    }
    public func write(to writer: inout WireWriter) {
      writer.write(library)
      writer.write(offset)
      writer.write(symbol)
    }
    public init(from reader: inout WireReader) throws(WireError) {
      self.init(
        library: try reader.readString(), offset: try reader.read(), symbol: try reader.readString())
    }
  }

  /// The frame as it stands on the wire, its count included.
  public var bytes: [UInt8] {
    var writer = WireWriter()
    switch self {
    case .event(let event):
      writer.write(UInt8(0))
      event.write(to: &writer)
    case .command(let command):
      writer.write(UInt8(1))
      command.write(to: &writer)
    case .crash(let crash):
      writer.write(UInt8(2))
      writer.write(crash.cause.rawValue)
      writer.write(crash.code)
      writer.write(crash.address)
      writer.write(crash.stackPointer)
      writer.write(crash.message)
      writer.write(crash.frames)
    case .snapshotTaken(let processIdentifier, let isWhole):
      writer.write(UInt8(3))
      writer.write(processIdentifier)
      writer.write(isWhole)
    }
    var framed = WireWriter()
    framed.write(UInt32(writer.bytes.count))
    return framed.bytes + writer.bytes
  }

  /// - Parameter content: a frame's bytes without its count.
  public init(content: [UInt8]) throws(WireError) {
    var reader = WireReader(content)
    switch try reader.read(UInt8.self) {
    case 0: self = .event(try Event(from: &reader))
    case 1: self = .command(try Command(from: &reader))
    case 2:
      self = .crash(
        Crash(
          cause: try reader.readCase(), code: try reader.read(), address: try reader.read(),
          stackPointer: try reader.read(), message: try reader.readString(),
          frames: try reader.readArray()))
    case 3:
      self = .snapshotTaken(processIdentifier: try reader.read(), isWhole: try reader.readBool())
    case let tag: throw WireError(offset: 0, expected: "a frame, not \(tag)")
    }
    guard reader.isAtEnd else { throw WireError(offset: content.count, expected: "the end of a frame") }
  }
}
