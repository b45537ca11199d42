import Foundation
import NotebookModel
import Testing

@testable import NotebookEngine

@Suite struct PartsTests {
  /// Published test vectors of FNV-1a, 128 bits (draft-eastlake-fnv, section C).
  @Test func theHashIsFNV() {
    #expect(ContentHash().hexadecimal == "6c62272e07bb014262b821756295c58d")
    var hash = ContentHash()
    hash.add(Data("a".utf8), ending: false)
    #expect(hash.hexadecimal == "d228cb696f1a8caf78912b704e4a8964")
    #expect(ContentHash.of("ab", "c") != ContentHash.of("a", "bc"))
  }

  @Test(arguments: [1, 1000, OutputBuffer.headCount, OutputBuffer.headCount + 1, 3_000_000])
  func noByteOfTheOutputIsUncounted(count: Int) {
    var buffer = OutputBuffer()
    let bytes = (0..<count).map { UInt8(97 + $0 % 26) }
    for start in stride(from: 0, to: count, by: 70_001) {
      buffer.append(bytes[start..<min(start + 70_001, count)])
    }
    guard case .text(let head, let omitted, let tail)? = buffer.take({ $0 }) else {
      Issue.record("nothing came out")
      return
    }
    #expect(head.utf8.count + omitted + tail.utf8.count == count)
    #expect(Array(head.utf8) == Array(bytes.prefix(head.utf8.count)))
    #expect(Array(tail.utf8) == Array(bytes.suffix(tail.utf8.count)))
    #expect(buffer.take { $0 } == nil)
  }

  @Test func theCompilersPlacesBecomeTheNotebooks() {
    let cell = Cell(
      index: 0, code: "a\nb", origins: [Position(line: 40, column: 3), Position(line: 41, column: 3)])
    let unit = NotebookEngine.Unit(
      cell: cell, module: "Cell_1", source: "", lineShift: 0, dependencies: [], importsModules: false,
      problems: [])
    let output = """
      Cell_1.swift:2:5: error: cannot find 'x' in scope
          x
          ^
      Cell_1.swift:1:1: warning: result is unused [#no-usage]
      Library.swift:9:9: note: found this candidate
      Cell_1.swift:2:5: error: cannot find 'x' in scope

      """
    let found = CompilerDiagnostics.parse(output, unit: unit, path: "n.md")
    #expect(
      found.map(\.description) == [
        "n.md:41:7: error: cannot find 'x' in scope", "n.md:40:3: warning: result is unused",
      ])
  }

  @Test func aFileIsThereWholeOrNotAtAll() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "a/b.txt")
    try AtomicFile.write(Data("one".utf8), to: file)
    try AtomicFile.write(Data("two".utf8), to: file)
    #expect(try String(contentsOf: file, encoding: .utf8) == "two")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path) == ["b.txt"])
    #expect(throws: AtomicFile.Failure.self) {
      try AtomicFile.write(Data(), to: file.appending(path: "below.txt"))
    }
  }

  @Test func theCellsThatWereNotUsedForLongestGo() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = (0..<20).map { "cell\($0)" } + [".draft"]
    for (index, name) in names.enumerated() {
      let entry = folder.appending(path: name)
      try FileManager.default.createDirectory(at: entry, withIntermediateDirectories: true)
      let date = Date(timeIntervalSince1970: 1e9 + 1000 * Double(index % 20))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: entry.path)
    }
    CellCache.prune(folder, keeping: 20)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 21)
    CellCache.prune(folder, keeping: 12)
    let left = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
    #expect(left == Set((11..<20).map { "cell\($0)" } + [".draft"]))
  }

  @Test func names() {
    #expect(Demangler.demangle("$s15Cell_a2e6dd62634downyS2iF") == "down(Swift.Int) -> Swift.Int")
    #expect(Demangler.demangle("main") == "main")
  }
}
