public import ArgumentParser
import Foundation
public import NotebookModel
public import NotebookReport

/// A form in which a notebook is handed out.
enum OutputFormat: String, CaseIterable {
  case html, pdf, ipynb, md
}

/// `--to html,pdf`
struct OutputFormats: ExpressibleByArgument {
  var all: [OutputFormat]

  init(_ all: [OutputFormat]) { self.all = all }

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    all = []
    for name in names {
      guard let format = OutputFormat(rawValue: name) else { return nil }
      if !all.contains(format) { all.append(format) }
    }
  }
}

extension Paper: ExpressibleByArgument {}
extension Variant: ExpressibleByArgument {}

/// What is written of a notebook, and where.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "The file to write, or the folder for it (output).", completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The forms to write: html, pdf, ipynb, md; several with commas (html).", valueName: "formats"))
  var to: OutputFormats?

  @Option(help: "The paper of a PDF: a4 or letter.")
  var paper: Paper = .a4

  @Option(
    help: ArgumentHelp(
      "For whom: 'student' leaves solutions and instructor's notes out, 'solution' unfolds them.",
      valueName: "student|solution"))
  var variant: Variant?

  @Flag(help: "Show times and memory of cells on the page, which then differs from run to run.")
  var timings = false

  /// The formats asked for: by `--to`, else by the ending of `--output`.
  var formats: [OutputFormat] { to?.all ?? namedFormat.map { [$0] } ?? [.html] }

  /// What the ending of `--output` stands for.
  var namedFormat: OutputFormat? {
    output.flatMap { OutputFormat(rawValue: URL(filePath: $0).pathExtension.lowercased()) }
  }

  func validate() throws {
    guard let named = namedFormat, !formats.contains(named), !isFolder else { return }
    throw ValidationError(
      "'\(output!)' ends in .\(named.rawValue), and --to names another form: take one of them away.")
  }

  /// Whether `--output` names a folder that is there, whatever its name ends in.
  var isFolder: Bool {
    var isFolder: ObjCBool = false
    return output.map {
      $0.hasSuffix("/")
        || (FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && isFolder.boolValue)
    } ?? false
  }

  /// The files of one notebook.
  ///
  /// - Parameter amongMany: whether `--output` is a folder even where none is there yet.
  func files(of notebook: String, amongMany: Bool) -> OutputFiles {
    let stem = URL(filePath: notebook).deletingPathExtension().lastPathComponent
    guard let output else {
      return OutputFiles(stem: URL(filePath: "output").appending(path: stem), formats: formats)
    }
    if isFolder || (amongMany && namedFormat == nil) {
      return OutputFiles(stem: URL(filePath: output).appending(path: stem), formats: formats)
    }
    let file = URL(filePath: output)
    return OutputFiles(
      stem: namedFormat == nil ? file : file.deletingPathExtension(), formats: formats,
      plainName: namedFormat == nil ? file : nil)
  }
}

/// Where the forms of one notebook go: beside each other, with one name.
struct OutputFiles {
  /// The path without its ending.
  let stem: URL
  let formats: [OutputFormat]
  /// The path that was asked for, where it has an ending of its own.
  var plainName: URL?

  func url(_ format: OutputFormat) -> URL {
    if let plainName, formats.count == 1 { return plainName }
    return stem.deletingLastPathComponent().appending(path: "\(stem.lastPathComponent).\(format.rawValue)")
  }

  var all: [URL] { formats.map(url) }

  /// The page as other pages name it, also where it is not among the formats.
  var page: URL { url(.html) }

  /// "output/02_score.html, output/02_score.pdf"
  var names: String { all.map(\.relativePath).joined(separator: ", ") }

  /// The folder of pictures beside a text.
  var pictures: URL {
    let text = url(.md)
    return text.deletingLastPathComponent()
      .appending(path: "\(text.deletingPathExtension().lastPathComponent)_files")
  }
}
