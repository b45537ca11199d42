import Testing

@testable import Digests

@Suite struct SHA256Tests {
  /// FIPS 180-2, appendix B, and the empty text; the million letters run over many blocks.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func publishedDigests(_ text: String, _ digest: String) {
    #expect(SHA256.hexadecimal(of: Array(text.utf8)) == digest)
  }

  /// Padding takes another block from 56 bytes on.
  @Test(arguments: [1, 55, 56, 57, 63, 64, 65, 119, 120, 128])
  func piecesGiveTheDigestOfTheWhole(count: Int) {
    let bytes = (0..<count).map { UInt8($0) }
    var hash = SHA256()
    for byte in bytes { hash.add([byte]) }
    #expect(hash.hexadecimal() == SHA256.hexadecimal(of: bytes))
  }

  @Test func whereATextEndsCounts() {
    var (first, second) = (SHA256(), SHA256())
    for text in ["ab", "c"] { first.add(text) }
    for text in ["a", "bc"] { second.add(text) }
    #expect(first.hexadecimal() != second.hexadecimal())
  }
}

@Suite struct TableSketchTests {
  private func csv(_ rows: Int, changing changed: Int? = nil) -> String {
    "panel,mark,series,x,y\n"
      + (0..<rows).map { "1,line,\"p, \"\"q\"\"\",\($0),\($0 == changed ? 0.5 : 0.25)\n" }.joined()
  }

  @Test func fewRowsAreKeptOneByOne() {
    let sketch = TableSketch(csv: csv(3))
    #expect(sketch.columns.map(\.name) == ["1 line p, \"q\": x", "1 line p, \"q\": y"])
    #expect(sketch.columns.map(\.values) == [[0, 1, 2], [0.25, 0.25, 0.25]])
    #expect(sketch.columns.map(\.count) == [3, 3])
  }

  @Test(arguments: [0, 31, 32, 777, 4999])
  func noRowOfManyChangesUnseen(row: Int) {
    let (before, after) = (TableSketch(csv: csv(5000)), TableSketch(csv: csv(5000, changing: row)))
    #expect(before.digest != after.digest)
    #expect(before.columns[0] == after.columns[0])
    #expect(before.columns[1].values.count == 32)
    #expect(zip(before.columns[1].values, after.columns[1].values).count { $0 != $1 } == 1)
  }

  @Test func columnsThatAMarkDoesNotHaveAreNotItsOwn() {
    let sketch = TableSketch(csv: "panel,mark,series,x,z\n1,line,,1,\n2,heatmap,,,nan\n2,heatmap,,,inf\n")
    #expect(sketch.columns.map(\.name) == ["1 line: x", "2 heatmap: z"])
    #expect(sketch.columns[1].means == "nan inf")
  }

  @Test func aFigureOfManyColumnsStaysSmall() {
    let rows = (1...60).flatMap { frame in (0..<100).map { "\(frame),1,scatter,,\($0),\($0)\n" } }
    let sketch = TableSketch(csv: "frame,panel,mark,series,x,y\n" + rows.joined())
    #expect(sketch.columns.count == 120)
    #expect(sketch.columns.allSatisfy { $0.values.count == 5 })
  }

  @Test func rowsThatAreLeftOutCount() {
    let sketch = TableSketch(csv: "panel,mark,series,x\n1,line,,1\n1,line,… 7 more rows,\n")
    #expect(sketch.columns.map(\.name) == ["1 line: x", "1 line … 7 more rows"])
  }

  @Test(arguments: ["", "a,b\n", "panel,mark,series\n1,line,p\n", "panel,mark,series,x\n1,2\n"])
  func oddTablesHaveNoColumns(csv: String) { #expect(TableSketch(csv: csv).columns.isEmpty) }
}
