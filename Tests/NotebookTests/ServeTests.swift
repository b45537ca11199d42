import Foundation
import Glibc
import Testing

/// The live preview as a program: how it begins and how it ends.
@Suite struct ServeTests {
  /// Waits for the first line of a growing file.
  private func firstLine(of file: URL) throws -> String {
    for _ in 0..<6000 {
      let text = try String(contentsOf: file, encoding: .utf8)
      if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
      usleep(20_000)
    }
    throw CocoaError(.fileReadUnknown)
  }

  private func connect(_ port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(result == 0)
    return descriptor
  }

  /// An endless cell, and one that has put a process into a session of its own.
  private static let text = """
    # T

    ```swift
    import Foundation
    let child = Process()
    child.executableURL = URL(filePath: "/usr/bin/setsid")
    child.arguments = ["sleep", "1000"]
    try child.run()
    FileManager.default.createFile(atPath: "begun", contents: nil)
    while true {}
    ```

    """

  @Test(arguments: [SIGINT, SIGTERM]) func nothingIsLeftAfterTheEnd(signal: Int32) throws {
    try withProgram { program in
      try program.write(Self.text, to: "x.md")
      let outcome = try program.run(["serve", "x.md", "--port", "0"]) { process in
        let address = try firstLine(of: program.output)
        let parts = address.split(separator: "/")
        #expect(address.hasPrefix("http://127.0.0.1:") && address.hasSuffix("/x.html"))
        let port = try #require(UInt16(parts[1].split(separator: ":")[1]))
        let descriptor = connect(port)
        let request = "GET /\(parts[2])/x.html HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
        #expect(write(descriptor, request, request.utf8.count) == request.utf8.count)
        for _ in 0..<6000 where !FileManager.default.fileExists(atPath: program.file("begun").path) {
          usleep(20_000)
        }
        close(descriptor)
        kill(process.processIdentifier, signal)
      }
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.leftovers.isEmpty)
      #expect(FileManager.default.fileExists(atPath: program.file("begun").path))
    }
  }

  @Test func whatIsNotThereIsSaid() throws {
    try withProgram { program in
      #expect(try program.run(["serve", "missing.md"]).status == 65)
      try program.write("x", to: "x.txt")
      #expect(try program.run(["serve", "x.txt"]).status == 65)
      #expect(try program.run(["serve", ".", "--keep-snapshots", "many"]).status == 64)
    }
  }
}
