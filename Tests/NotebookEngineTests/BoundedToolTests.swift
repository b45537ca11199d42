import Foundation
import NotebookEngine
import Testing

@Suite struct BoundedToolTests {
  private let shell = URL(filePath: "/bin/sh")

  @Test func itsEndAndItsWordsComeBack() throws {
    let result = try BoundedTool.run(
      shell, ["-c", "echo out; echo err >&2; exit 7"], environment: ["PATH": "/usr/bin:/bin"], seconds: 60)
    #expect(result.ending == .ended(status: 7) && result.output == "out\nerr\n")
  }

  @Test func whatTakesTooLongIsKilledWithItsHelpers() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "flowbook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "helper")
    let result = try BoundedTool.run(
      shell, ["-c", "sleep 300 & echo $! > \(file.path); wait"], environment: ["PATH": "/usr/bin:/bin"],
      seconds: 1)
    #expect(result.ending == .outOfTime)
    let text = try String(contentsOf: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    let helper = try #require(pid_t(text))
    // A zombie may wait for whoever inherited it; it runs no more.
    let state = try? String(contentsOfFile: "/proc/\(helper)/stat", encoding: .utf8)
    #expect(state == nil || state!.contains(") Z "))
  }

  @Test func anInterruptionEndsIt() throws {
    let result = try BoundedTool.run(
      shell, ["-c", "sleep 300"], environment: ["PATH": "/usr/bin:/bin"], seconds: 60, isInterrupted: { true }
    )
    #expect(result.ending == .interrupted)
  }

  @Test func aProgramThatIsNotThereIsAnError() {
    #expect(throws: EngineError.self) {
      try BoundedTool.run(URL(filePath: "/nowhere/x"), [], environment: [:], seconds: 1)
    }
  }
}
