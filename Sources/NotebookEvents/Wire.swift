/// Values as bytes: integers little-endian, strings and arrays behind their count.
///
/// The kernel must start in milliseconds and a cell must not pay for Foundation, so events travel in
/// this form; tools read them as JSON, which the runner writes.
public protocol WireCodable {
  func write(to writer: inout WireWriter)
  init(from reader: inout WireReader) throws(WireError)
}

/// Bytes that are not what the other side should have sent.
public struct WireError: Error, Hashable, Sendable {
  public var offset: Int
  public var expected: String
}

public struct WireWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  public init() {}

  public mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
  public mutating func write(_ value: Double) { write(value.bitPattern) }
  public mutating func write(_ value: Bool) { bytes.append(value ? 1 : 0) }
  public mutating func write(_ value: String) { write(Array(value.utf8)) }
  public mutating func write(_ value: [UInt8]) {
    write(UInt64(value.count))
    bytes.append(contentsOf: value)
  }
  public mutating func write(_ values: [some WireCodable]) {
    write(UInt64(values.count))
    for value in values { value.write(to: &self) }
  }
}

public struct WireReader: Sendable {
  private let bytes: [UInt8]
  private var offset = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var isAtEnd: Bool { offset == bytes.count }

  private mutating func take(_ count: Int, _ expected: String) throws(WireError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - offset else {
      throw WireError(offset: offset, expected: expected)
    }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }
  public mutating func read<T: FixedWidthInteger>(_: T.Type = T.self) throws(WireError) -> T {
    var value: T = 0
    for (shift, byte) in try take(T.bitWidth / 8, "\(T.self)").enumerated() {
      value |= T(truncatingIfNeeded: byte) << T(8 * shift)
    }
    return value
  }
  public mutating func readDouble() throws(WireError) -> Double { Double(bitPattern: try read()) }
  public mutating func readBool() throws(WireError) -> Bool { try take(1, "Bool").first != 0 }
  public mutating func readString() throws(WireError) -> String {
    String(decoding: try readBytes(), as: UTF8.self)
  }
  public mutating func readBytes() throws(WireError) -> [UInt8] {
    Array(try take(try readCount(), "bytes"))
  }
  public mutating func readArray<T: WireCodable>(of _: T.Type = T.self) throws(WireError) -> [T] {
    let count = try readCount()
    var values: [T] = []
    for _ in 0..<count { values.append(try T(from: &self)) }
    return values
  }
  public mutating func readCase<T: RawRepresentable>(
    _: T.Type = T.self
  ) throws(WireError) -> T where T.RawValue == UInt8 {
    guard let value = T(rawValue: try read()) else { throw WireError(offset: offset, expected: "\(T.self)") }
    return value
  }
  /// A count of things that take a byte each at least, so that no damaged count reserves memory.
  private mutating func readCount() throws(WireError) -> Int {
    let count = Int(clamping: try read(UInt64.self))
    guard count <= bytes.count - offset else { throw WireError(offset: offset, expected: "count") }
    return count
  }
}

extension String: WireCodable {
  public func write(to writer: inout WireWriter) { writer.write(self) }
  public init(from reader: inout WireReader) throws(WireError) { self = try reader.readString() }
}
