import Testing

@testable import NotebookEvents

@Suite struct FrameTests {
  static let check = Event.Check(
    label: "eq-α", name: "linear", kind: "identity", verdict: .refuted, expectsRefutation: true,
    sentence: "they differ",
    diagnosis: "the sign", resolution: 1e-9, facts: [.init(name: "points", value: "512")],
    links: [.init(name: "x^2", verdict: .verified, sentence: "agrees")], firstLine: "x x", line: 3, column: 9,
    seconds: 0.25)

  static let frames: [Frame] = [
    .event(.cellStarted(index: 3)),
    .event(.value("a\u{0}b")),
    .event(.inlineValue(position: 2, text: "0.5")),
    .event(
      .figure(
        .init(
          format: .gif, width: 640, height: 400, light: [1, 2, 255], dark: [3], poster: [4, 5],
          alternativeText: "a curve", data: "x,y\n1,2\n"))),
    .event(
      .table(
        .init(
          caption: "c", columns: [.init(title: "$h$", isNumeric: true), .init(title: "b", isNumeric: false)],
          rows: [["1", "x"], ["2", ""]]))),
    .event(.check(check)),
    .event(.progress(.init(fraction: 0.5, message: "half"))),
    .event(.warning("w")),
    .event(.cellEnded(seconds: 1.5, peakBytes: 1 << 33)),
    .event(
      .failure(
        .init(
          kind: .trap, message: "m", hint: "h", line: 1, column: 2,
          backtrace: [.init(function: "f", file: "g", line: 4)]))),
    .command(
      .run(
        .init(
          index: 4, library: "/a/b.so", entry: "C_main", randomSeed: .max, reseed: 7,
          parameters: [.init(name: "n", value: "1")]))),
    .command(.snapshot), .command(.wake), .command(.quit),
    .crash(
      .init(
        cause: .signal, code: 11, address: 16, stackPointer: .max, message: "",
        frames: [.init(library: "l", offset: 99, symbol: "$s")])),
    .snapshotTaken(processIdentifier: 1234, isWhole: false),
  ]

  @Test(arguments: frames) func aFrameSurvivesTheWire(frame: Frame) throws {
    let bytes = frame.bytes
    let count = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(count == bytes.count - 4)
    #expect(try Frame(content: Array(bytes.dropFirst(4))) == frame)
  }

  @Test(arguments: frames) func aFrameThatIsCutShortIsRefused(frame: Frame) {
    let content = Array(frame.bytes.dropFirst(4))
    for count in 0..<content.count {
      #expect(throws: WireError.self) { try Frame(content: Array(content.prefix(count))) }
    }
    #expect(throws: WireError.self) { try Frame(content: content + [0]) }
  }

  @Test func aDamagedCountReservesNoMemory() {
    // A table whose count of rows is 2^63: it must fail at once instead of looping.
    var content = Array(
      Frame.event(.table(.init(columns: [], rows: []))).bytes.dropFirst(4))
    content.replaceSubrange(content.count - 8..<content.count, with: [0, 0, 0, 0, 0, 0, 0, 0x7f])
    #expect(throws: WireError.self) { try Frame(content: content) }
  }
}
