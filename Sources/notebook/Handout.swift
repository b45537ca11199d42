import Foundation
import NotebookEngine
import NotebookModel
import NotebookReport

/// One notebook in the forms that were asked for.
struct Handout {
  struct CannotWrite: Error, CustomStringConvertible {
    var path: String
    var reason: String
    var hint = "name another place with '--output'"
    var description: String { "\(path): error: the page cannot be written: \(reason); \(hint)" }
  }

  let report: HTMLReport
  let record: RunRecord
  let output: OutputOptions
  let files: OutputFiles
  let links: CourseLinks
  /// What the front page of a folder lists behind the notebook.
  let contents: [Chapter]?
  let chromium: Chromium?
  /// What a page for the screen carries to be verified; one for paper cannot.
  let carried: PageRecord

  /// Writes all forms. Where one fails, those after it are written nevertheless.
  func write() throws(CannotWrite) {
    var failure: CannotWrite?
    for format in files.formats {
      do throws(CannotWrite) { try write(format) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  private func write(_ format: OutputFormat) throws(CannotWrite) {
    let file = files.url(format)
    switch format {
    case .html: try Handout.write(Data(page(carrying: carried).html().utf8), to: file)
    case .pdf:
      guard let chromium else { return }
      do {
        try Handout.write(try chromium.print(page(carrying: nil).html(printedOn: output.paper)), to: file)
      } catch {
        if let error = error as? CannotWrite { throw error }
        throw CannotWrite(
          path: file.relativePath, reason: "\(error)", hint: "the other forms are not concerned")
      }
    case .ipynb:
      let text = report.jupyterNotebook(for: record, contents: contents ?? [])
      try Handout.write(Data(text.utf8), to: file)
    case .md:
      let folder = files.pictures
      let export = report.markdown(
        for: record, picturesIn: folder.lastPathComponent, contents: contents ?? [])
      try Handout.replacePictures(in: folder, by: export.files)
      try Handout.write(Data(export.text.utf8), to: file)
    }
  }

  private func page(carrying carried: PageRecord?) -> Page {
    let options = ReportOptions(showsTimings: output.timings)
    if let contents {
      return report.page(for: record, options: options, contents: contents, carrying: carried)
    }
    return report.page(for: record, options: options, links: links, carrying: carried)
  }
}

extension Handout {
  /// Called before anything runs, so that an impossible place is known at once.
  static func makePlace(for file: URL, of notebook: String) throws(CannotWrite) {
    let folder = file.deletingLastPathComponent()
    do { try AtomicFile.makeFolder(folder) } catch {
      throw CannotWrite(path: file.relativePath, reason: error.reason)
    }
    guard access(folder.path, W_OK) == 0 else {
      throw CannotWrite(path: file.relativePath, reason: String(cString: strerror(errno)))
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), isFolder.boolValue {
      throw CannotWrite(path: file.relativePath, reason: "it is a folder")
    }
    let source = URL(filePath: notebook).resolvingSymlinksInPath()
    if file.resolvingSymlinksInPath().path == source.path {
      throw CannotWrite(path: file.relativePath, reason: "it is the notebook itself")
    }
  }

  static func write(_ data: Data, to file: URL) throws(CannotWrite) {
    do { try AtomicFile.write(data, to: file) } catch {
      throw CannotWrite(path: file.relativePath, reason: error.reason)
    }
  }

  /// Writes pictures, and removes those of an earlier export: what this one leaves out must not stay there, so
  /// that one which cannot be removed is an error. The folder is the export's own.
  static func replacePictures(in folder: URL, by pictures: [MarkdownExport.File]) throws(CannotWrite) {
    let manager = FileManager.default
    let names = Set(pictures.map(\.name))
    for name in (try? manager.contentsOfDirectory(atPath: folder.path)) ?? [] where !names.contains(name) {
      guard ["png", "gif", "svg", "jpg"].contains(URL(filePath: name).pathExtension) else { continue }
      let picture = folder.appending(path: name)
      guard unlink(picture.path) == 0 else {
        throw CannotWrite(
          path: picture.relativePath,
          reason: "it is of an earlier export and cannot be removed: \(String(cString: strerror(errno)))")
      }
    }
    for picture in pictures { try write(Data(picture.bytes), to: folder.appending(path: picture.name)) }
    // Gone when it is empty.
    if pictures.isEmpty { rmdir(folder.path) }
  }
}
