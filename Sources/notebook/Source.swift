import ArgumentParser
import Foundation
import NotebookEngine
import NotebookReport

struct Source: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give back the notebook that a page was made from, to the last byte.",
    discussion: "Nothing of it is run. Exit code 65: the page carries no source, or a damaged one.")

  @Argument(help: "A page (.html).", completion: .file(extensions: ["html"]))
  var page: String

  @Option(name: .shortAndLong, help: "The file to write, instead of standard output.", completion: .file())
  var output: String?

  @Flag(help: "Write over a file that is there.")
  var force = false

  func run() throws {
    let source: Data
    do {
      source = Data(try PageFile.source(in: try PageArgument.bytes(of: page)))
    } catch {
      Terminal.complain("\(page): error: \(error)")
      throw ExitStatus.unreadable.code
    }
    guard let output else {
      Terminal.write(source, to: 1)
      return
    }
    guard force || !FileManager.default.fileExists(atPath: output) else {
      Terminal.complain(
        "\(output): error: there is such a file already; choose another name, or add '--force'")
      throw ExitStatus.usage.code
    }
    do { try AtomicFile.write(source, to: URL(filePath: output)) } catch {
      Terminal.complain("\(output): error: cannot be written: \(error.reason)")
      throw ExitStatus.cannotWrite.code
    }
  }
}

/// Pages that are named on the command line.
enum PageArgument {
  struct Unreadable: Error, CustomStringConvertible {
    var description: String
  }

  static func bytes(of path: String) throws(Unreadable) -> Data {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Unreadable(description: "there is no such file")
    }
    guard !isFolder.boolValue else {
      throw Unreadable(description: "this is a folder; name a page in it")
    }
    if path.hasSuffix(".md") {
      throw Unreadable(description: "this is a notebook; name the page that was made from it (.html)")
    }
    do { return try Data(contentsOf: URL(filePath: path)) } catch {
      throw Unreadable(description: "cannot be read: \(error.localizedDescription)")
    }
  }
}
