import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookEngine

/// A cell that ends badly: what the record says, and where.
@Suite(.serialized) struct FailureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var code: String
    var kind: Event.Failure.Kind
    /// In the cell.
    var line: Int
    var message: String
    var text = ""
    var timeout = 20.0
    var memory: UInt64 = 8 << 30
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "index out of range", code: "let xs = [1, 2]\nprint(\"before\")\nprint(xs[xs.count + 1])",
      kind: .trap, line: 3, message: "Index out of range", text: "before\n"),
    Case(
      name: "fatalError", code: "print(\"a\", terminator: \"\")\nfatalError(\"no such schedule\")",
      kind: .trap,
      line: 2, message: "no such schedule", text: "a"),
    Case(
      name: "precondition in a function",
      code:
        "func root(_ x: Double) -> Double {\n  precondition(x >= 0, \"negative\")\n  return x\n}\nroot(-1)",
      kind: .trap, line: 2, message: "negative"),
    Case(
      name: "overflow", code: "var n = UInt8(CommandLine.arguments.count + 200)\nn += 200\nprint(n)",
      kind: .trap,
      line: 2, message: "arithmetic overflow"),
    Case(
      name: "nil", code: "let n: Int? = Int(\"x\")\n\nprint(n!)", kind: .trap, line: 3,
      message: "Unexpectedly found nil while unwrapping an Optional value"),
    Case(
      name: "uncaught error",
      code: "struct Bad: Error { var size = 3 }\nfunc fail() throws {\n  throw Bad()\n}\ntry fail()",
      kind: .thrown, line: 3, message: "Bad(size: 3) was thrown and not caught"),
    Case(
      name: "exit", code: "import Glibc\nprint(\"x\")\nexit(0)", kind: .exited, line: 3,
      message: "the cell ended the process with exit status 0", text: "x\n"),
    Case(
      name: "_exit", code: "import Glibc\n_exit(3)", kind: .exited, line: 1,
      message: "the cell ended the process with exit status 3"),
    Case(
      name: "stack overflow",
      code: "func down(_ n: Int) -> Int {\n  n == -1 ? 0 : down(n + 1) + down(n + 2)\n}\nprint(down(0))",
      kind: .stackOverflow, line: 2, message: "the stack overflowed"),
    Case(
      name: "endless loop", code: "var n = 0\nwhile true {\n  n &+= 1\n}", kind: .timeout, line: 2,
      message: "the cell was stopped after 1 s", timeout: 1),
    Case(
      name: "wild pointer", code: "let p = UnsafePointer<Int>(bitPattern: 64)!\nprint(p.pointee)",
      kind: .signal,
      line: 2, message: "the cell was struck by signal 11 (Segmentation fault)"),
    Case(
      name: "allocates without end",
      code: "var all: [[Double]] = []\nwhile true {\n  all.append([Double](repeating: 1, count: 1 << 24))\n}",
      kind: .outOfMemory, line: 3, message: "the cell ran out of memory (limit: 2048 MiB)", memory: 2 << 30),
    Case(
      name: "killed", code: "import Glibc\nkill(getpid(), SIGKILL)\nsleep(5)", kind: .signal, line: 1,
      message: "the cell was ended by signal 9 (Killed)"),
  ]

  @Test(arguments: cases) func aFailureSaysWhatAndWhere(_ failing: Case) throws {
    var options = Session.Options()
    options.limits.timeout = failing.timeout
    options.limits.memory = failing.memory
    let cells = try Bench.run("print(\"ran\")", failing.code, "print(\"never\")", options: options)
    #expect(cells[0].state == .ended)
    #expect(cells[0].text == "ran\n")
    let failure = try #require(cells[1].failure, "\(cells[1])")
    #expect(failure.kind == failing.kind)
    #expect(failure.message == failing.message)
    // A loop is struck anywhere in it.
    if failing.kind == .timeout || failing.kind == .stackOverflow {
      #expect((failing.line...failing.line + 2).contains(failure.line), "line \(failure.line)")
    } else {
      #expect(failure.line == failing.line, "\(failure)")
    }
    #expect(cells[1].text == failing.text)
    #expect(cells[2].state == .notRun)
  }

  @Test func aFloodOfTextIsCutInTheMiddle() throws {
    let cells = try Bench.run(
      "let line = String(repeating: \"x\", count: 999)\nfor _ in 0..<100_000 { print(line) }\nprint(\"end\")")
    guard case .text(let head, let omitted, let tail)? = cells[0].outputs.first else {
      Issue.record("no text: \(cells[0].state)")
      return
    }
    #expect(head.utf8.count + omitted + tail.utf8.count == 100_000 * 1000 + 4)
    #expect(tail.hasSuffix("end\n"))
    #expect(head.utf8.count + tail.utf8.count <= OutputBuffer.headCount + OutputBuffer.tailCount)
  }

  @Test func aClosedStandardOutputIsOpenedAgain() throws {
    let cells = try Bench.run("import Glibc\nprint(\"a\")\nfflush(nil)\nclose(1)\nclose(2)", "print(\"b\")")
    #expect(cells.map(\.state) == [.ended, .ended])
    #expect(cells[0].outputs.last == .warning("the cell closed its standard output; it is open again"))
    #expect(cells[1].text == "b\n")
  }

  @Test func aForkedChildSaysNothingAndIsGone() throws {
    let cells = try Bench.run(
      """
      import Glibc
      typealias Fork = @convention(c) () -> Int32
      let fork = unsafeBitCast(dlsym(nil, "fork"), to: Fork.self)
      let child = fork()
      if child == 0 { setsid(); show("from the child"); sleep(60) }
      """, "print(kill(child, 0))")
    #expect(cells.map(\.state) == [.ended, .ended])
    #expect(cells[0].text == "")
    let pid = try #require(Int32(cells[1].text.isEmpty ? "" : "0"))
    #expect(pid == 0)
  }

  @Test func aFailureBeforeTheRuntimeStarts() throws {
    let cells = try Bench.run("let x: Int = \"one\"", "print(1)")
    let failure = try #require(cells[0].failure)
    #expect(failure.kind == .compile)
    #expect(failure.message == "cannot convert value of type 'String' to specified type 'Int'")
    #expect(failure.line == 1)
    #expect(cells[1].state == .notRun)
  }

  @Test func aCellThatMustFailDoes() throws {
    let cells = try Bench.run(
      "var kept = 1", "//| error: true\nkept = 2\nfatalError(\"on purpose\")",
      "//| error: true\nlet n: Int = \"no\"", "kept", "//| error: true\nkept = 5")
    #expect(cells[0].state == .ended)
    guard case .failedAsExpected(let failure) = cells[1].state,
      case .failedAsExpected(let other) = cells[2].state
    else {
      Issue.record("\(cells)")
      return
    }
    #expect(failure.message == "on purpose")
    #expect(other.kind == .compile)
    #expect(cells[3].text == "[1]", "the state before the failed cell is back")
    #expect(cells[4].failure?.kind == .didNotFail)
  }

  @Test func keepingGoingRunsWhatDoesNotNeedTheFailedCell() throws {
    var options = Session.Options()
    options.keepsGoing = true
    let cells = try Bench.run(
      "var a = 1", "let b = a + 1\na = 7\nfatalError(\"x\")", "print(a)", "print(b)", "let c: Int = \"\"",
      "print(c)",
      "a + 10", options: options)
    #expect(cells[1].failure?.kind == .trap)
    #expect(cells[2].text == "1\n")
    #expect(cells[3].failure?.message == "not run: it needs a cell that failed")
    #expect(cells[4].failure?.kind == .compile)
    #expect(cells[5].failure?.message == "not run: it needs a cell that did not run")
    #expect(cells[6].text == "[11]")
  }

  @Test func anInterruptedRunKeepsWhatRan() throws {
    let session = try Bench.session()
    defer { session.close() }
    let notebook = try Bench.notebook("print(1)", "while true {}", "print(3)")
    let descriptor = session.interruptDescriptor
    let cells = try session.run(notebook, parameters: [], options: .init()) { event in
      if case .started(cell: 1) = event { Interrupter.raise(descriptor) }
    }.cells
    #expect(cells[0].text == "1\n")
    #expect(cells[1].failure?.kind == .interrupted)
    #expect(cells[2].state == .notRun)
  }
}
