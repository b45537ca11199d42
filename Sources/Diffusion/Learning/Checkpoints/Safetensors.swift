/// Named arrays of numbers, and text about them, in the safetensors format: what other libraries read too.
///
/// A file is the length of its header (8 bytes, little endian), the header in JSON, and the numbers of all
/// tensors, row after row. Tensors of types F32 and F64 are read and written.
/// Source: Hugging Face, "Safetensors", format description in the repository's README.
public struct Safetensors: Equatable, Sendable {
  /// An array of numbers of any shape.
  public struct Tensor: Equatable, Sendable {
    /// The lengths along each axis, none for a single number.
    public let shape: [Int]

    /// The elements, row after row.
    public let elements: [Double]

    /// Whether they are kept in single precision.
    public let isSingle: Bool

    /// As many elements as the product of `shape`; `Float` is kept as F32, `Double` as F64.
    public init<T: MachineReal>(shape: [Int], _ elements: [T]) {
      precondition(
        shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == elements.count,
        "\(elements.count) elements in the shape \(shape)")
      self.shape = shape
      self.elements = elements.map(\.realPart)
      isSingle = T.self == Float.self
    }
  }

  /// The arrays by name.
  public var tensors: [String: Tensor]

  /// Text by name; other libraries keep what they like here.
  public var metadata: [String: String]

  /// A file with these contents.
  public init(tensors: [String: Tensor] = [:], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }
}

extension Safetensors {
  /// The contents of a file.
  public var bytes: [UInt8] {
    var body: [UInt8] = []
    var entries: [String] = []
    if !metadata.isEmpty {
      let members = metadata.sorted { $0.key < $1.key }.map {
        JSONValue.quoted($0.key) + ":" + JSONValue.quoted($0.value)
      }
      entries.append("\"__metadata__\":{" + members.joined(separator: ",") + "}")
    }
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = body.count
      for element in tensor.elements {
        if tensor.isSingle {
          withUnsafeBytes(of: Float(element).bitPattern.littleEndian) { body += $0 }
        } else {
          withUnsafeBytes(of: element.bitPattern.littleEndian) { body += $0 }
        }
      }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        """
        \(JSONValue.quoted(name)):{"dtype":"\(tensor.isSingle ? "F32" : "F64")","shape":[\(shape)],\
        "data_offsets":[\(start),\(body.count)]}
        """)
    }
    var header = Array(("{" + entries.joined(separator: ",") + "}").utf8)
    // The numbers begin at a multiple of 8 bytes.
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + body
  }

  /// Reads the contents of a file; throws where they are not a safetensors file, or one with other types than F32 and
  /// F64.
  public init(bytes: [UInt8]) throws(CheckpointError) {
    func number(_ start: Int, _ width: Int) -> UInt64 {
      (0..<width).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
    guard bytes.count >= 8, let length = Int(exactly: number(0, 8)), length <= bytes.count - 8 else {
      throw CheckpointError(.notSafetensors, "it is shorter than its header")
    }
    guard case .object(let entries)? = JSONValue(bytes[8..<8 + length]) else {
      throw CheckpointError(.notSafetensors, "its header is not a JSON object")
    }
    self.init()
    let body = 8 + length
    for (name, entry) in entries {
      if name == "__metadata__" {
        guard case .object(let members) = entry else {
          throw CheckpointError(.notSafetensors, "its metadata are not an object")
        }
        metadata = members.compactMapValues(\.string)
        continue
      }
      guard let type = entry["dtype"]?.string, let shape = entry["shape"]?.integers,
        let offsets = entry["data_offsets"]?.integers, offsets.count == 2, shape.allSatisfy({ $0 >= 0 })
      else { throw CheckpointError(.notSafetensors, "the entry of tensor '\(name)' is incomplete") }
      guard type == "F32" || type == "F64" else {
        throw CheckpointError(.unsupported, "tensor '\(name)' has type \(type); F32 and F64 can be read")
      }
      let width = type == "F32" ? 4 : 8
      let (count, overflow) = shape.reduce((1, false)) { product, size in
        let (value, overflow) = product.0.multipliedReportingOverflow(by: size)
        return (value, product.1 || overflow)
      }
      guard !overflow, offsets[0] >= 0, offsets[1] <= bytes.count - body, offsets[1] >= offsets[0],
        (offsets[1] - offsets[0]) / width == count, (offsets[1] - offsets[0]) % width == 0
      else { throw CheckpointError(.notSafetensors, "tensor '\(name)' does not lie within the file") }
      let starts = (0..<count).map { body + offsets[0] + $0 * width }
      tensors[name] =
        width == 4
        ? Tensor(shape: shape, starts.map { Float(bitPattern: UInt32(number($0, 4))) })
        : Tensor(shape: shape, starts.map { Double(bitPattern: number($0, 8)) })
    }
  }
}
