import Diffusion
import Testing

@Suite struct CheckpointTests {
  /// A file written out by hand from the format's description.
  static let header =
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"k":"v\"\u00e9"}}"#
  static let file: [UInt8] =
    [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8)
    + [0x00, 0x00, 0xC0, 0x3F, 0x00, 0x00, 0x00, 0xC0]

  @Test func readsTheFormat() throws {
    let read = try Safetensors(bytes: Self.file)
    #expect(read.tensors == ["a": .init(shape: [2], [Float(1.5), -2])])
    #expect(read.metadata == ["k": "v\"é"])
  }

  @Test func writesWhatItReads() throws {
    let file = Safetensors(
      tensors: [
        "w": .init(shape: [2, 3], [0.1, -2, 3e300, 4, 5, 6]), "b": .init(shape: [0], [Float]()),
      ],
      metadata: ["note": "line\nbreak \\ \"quoted\" \u{1}"])
    let bytes = file.bytes
    #expect(try Safetensors(bytes: bytes) == file)
    #expect((8 + Int(bytes[0]) + 256 * Int(bytes[1])) % 8 == 0)
  }

  /// The bytes of a small network, from the format's description. Python's safetensors 0.8.0 reads them so, and PyTorch's
  /// layers with these weights compute what the network does (`oracles/networks.py` with a path shows what it reads).
  @Test func aNetworkInBytes() {
    let network = MultilayerPerceptron<Float>(
      Architecture(dimension: 1, hidden: [2], activation: Tanh(), time: .none),
      parameters: [0.5, -1, 0.25, 2, 3, -4, 0.125])
    let metadata =
      #"{"activation":"tanh","dimension":"1","frequencies":"","hidden":"2","labels":"0","outputs":"1","time":"false"}"#
    let header =
      #"{"__metadata__":\#(metadata),"0.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
      + #""0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"#
      + #""1.bias":{"dtype":"F32","shape":[1],"data_offsets":[16,20]},"#
      + #""1.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[20,28]}}"#
    let padded = Array(header.utf8) + [UInt8](repeating: 0x20, count: (8 - header.utf8.count % 8) % 8)
    let bytes = network.safetensors.bytes
    #expect(bytes.prefix(8) == [UInt8(padded.count % 256), UInt8(padded.count / 256), 0, 0, 0, 0, 0, 0])
    #expect(
      String(decoding: bytes.dropFirst(8).prefix(padded.count), as: UTF8.self).utf8.elementsEqual(padded))
    // 0.25 2 | 0.5 -1 | 0.125 | 3 -4, little endian; a weight's row belongs to an output.
    let words: [UInt32] = [
      0x3E80_0000, 0x4000_0000, 0x3F00_0000, 0xBF80_0000, 0x3E00_0000, 0x4040_0000, 0xC080_0000,
    ]
    let body = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    #expect(Array(bytes.dropFirst(8 + padded.count)) == body)
  }

  @Test(
    arguments: [
      [], [9, 0, 0, 0, 0, 0, 0, 0, 0x7B], [2, 0, 0, 0, 0, 0, 0, 0, 0x5B, 0x5D],
      [255, 255, 255, 255, 255, 255, 255, 255], Array(file.dropLast()),
    ] as [[UInt8]])
  func damagedFilesAreRefused(_ bytes: [UInt8]) {
    #expect { try Safetensors(bytes: bytes) } throws: { ($0 as? CheckpointError)?.code == .notSafetensors }
  }

  /// Whatever is cut off, and whatever byte is changed: an error, or a file, but never a trap.
  @Test func anyDamageIsSurvived() {
    let file = smallNetwork(activation: Tanh()).safetensors.bytes
    let header = 8 + Int(file[0]) + 256 * Int(file[1])
    for length in Array(stride(from: 0, to: header, by: 7)) + [header, file.count - 1] {
      #expect(throws: CheckpointError.self) { try Safetensors(bytes: Array(file[..<length])) }
    }
    var stream = RandomStream(seed: 3)
    for place in 0..<header {
      var damaged = file
      damaged[place] = [0, 0x22, 0x2D, 0x31, 0x39, 0x5B, 0x7D, 0xFF, file[place] ^ 1][Int(stream.next() % 9)]
      _ = try? MultilayerPerceptron<Double>(Safetensors(bytes: damaged))
    }
  }

  /// Headers that tell of a network other than what they hold.
  @Test(
    arguments: [
      ("hidden", "9223372036854775807", "parameters"), ("hidden", "4000000000 4000000000", "parameters"),
      ("labels", "9223372036854775807", "parameters"), ("dimension", "9223372036854775807", "parameters"),
      ("dimension", "0", "its 'dimension' is [0]"), ("dimension", "", "its 'dimension' is []"),
      ("outputs", "two", "its 'outputs' cannot be read"), ("hidden", "-3", "its layers are [-3]"),
      ("frequencies", "nan", "its frequencies are [nan]"), ("hidden", "6 4", "0.weight"),
    ])
  func wrongShapesAreRefused(_ key: String, _ value: String, _ words: String) {
    var file = smallNetwork(activation: Tanh()).safetensors
    file.metadata[key] = value
    #expect { try MultilayerPerceptron<Double>(file) } throws: { error in
      (error as? CheckpointError)?.code == .mismatch && "\(error)".contains(words)
    }
  }

  @Test func numbersThatAreNoneAreRefused() {
    var file = smallNetwork(activation: Tanh()).safetensors
    let bias = file.tensors["0.bias"]!
    file.tensors["0.bias"] = .init(shape: bias.shape, bias.elements.map { _ in Double.nan })
    #expect { try MultilayerPerceptron<Double>(file) } throws: { "\($0)".contains("0.bias") }
  }

  /// A training takes up what was saved by one like it, and no other.
  @Test func otherTrainingsAreRefused() throws {
    let loss = NoisePrediction(path: GaussianPath(schedule: .linear), data: Gaussian.standard(3))
    func training(_ optimizer: some Optimizer) -> Training<Double, NoisePrediction<LinearSchedule, Gaussian>>
    {
      Training(
        MultilayerPerceptron<Double>(Architecture(dimension: 3, hidden: [5]), stream: RandomStream(seed: 1)),
        loss: loss, optimizer: optimizer, batch: 8, stream: RandomStream(seed: 2))
    }
    var saved = training(Adam())
    saved.run(steps: 3)
    func refusal(_ change: (inout Safetensors) -> Void, _ optimizer: some Optimizer = Adam()) -> String {
      var (file, other) = (saved.safetensors, training(optimizer))
      change(&file)
      do throws(CheckpointError) {
        try other.restore(file)
        return "none"
      } catch {
        #expect(error.code == .mismatch && other.step == 0)
        return error.description
      }
    }
    #expect(refusal { _ in } == "none")
    #expect(refusal { $0.metadata["step"] = nil }.contains("how many steps"))
    #expect(refusal { $0.metadata["step"] = "9223372036854775807" }.contains("how many steps"))
    #expect(refusal { $0.metadata["initialLoss"] = "nan" }.contains("what the loss was at first"))
    #expect(refusal { $0.tensors["moment.1"] = nil }.contains("moment.1"))
    #expect(refusal { $0.tensors["moment.0"] = .init(shape: [1], [0.5]) }.contains("the shape [1]"))
    #expect(refusal({ _ in }, GradientDescent(rate: 0.1)).contains("more than 1 moments"))
  }

  @Test func networksSurvive() throws {
    let network = smallNetwork(activation: GELU(), labels: 2)
    let read = try MultilayerPerceptron<Double>(Safetensors(bytes: network.safetensors.bytes))
    #expect(read.parameters == network.parameters)
    #expect(read.architecture.activation.name == "gelu" && read.architecture.labels == 2)
    #expect(read.architecture.time == network.architecture.time)
    // PyTorch's order: a row for each output.
    let weight = network.safetensors.tensors["0.weight"]!
    #expect(weight.shape == [7, 3 + 3 + 2])
    #expect(weight.elements[1] == network.parameters[7])
  }

  @Test func otherNetworksAreRefused() {
    var file = smallNetwork(activation: Tanh()).safetensors
    file.tensors["1.bias"] = nil
    #expect { try MultilayerPerceptron<Double>(file) } throws: { error in
      (error as? CheckpointError)?.code == .mismatch && "\(error)".contains("1.bias")
    }
    file = smallNetwork(activation: Tanh()).safetensors
    file.metadata["activation"] = "sine"
    #expect { try MultilayerPerceptron<Double>(file) } throws: { "\($0)".contains("sine") }
    #expect { try Safetensors(path: "/nonexistent/file") } throws: { "\($0)".contains("/nonexistent/file") }
  }
}
