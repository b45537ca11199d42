import Foundation
import NotebookModel
import NotebookReport

/// The notebooks of a folder, which get links to one another and a page of contents.
///
/// `index.md`, if there is one, is the front page: a notebook like others, run last, with the contents
/// behind it. Otherwise the front page has the folder's name for a title.
struct Course {
  let files: [String]
  let front: String
  let hasFront: Bool
  private let pages: [CourseLinks.Link]
  private let contents: CourseLinks.Link

  init(folder: String, files: [String]) {
    let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    front = "\(folder)/index.md"
    hasFront = files.contains(front)
    self.files = files.filter { [front] in $0 != front }
    pages = self.files.map { CourseLinks.Link(title: Self.title($0), page: Self.page($0)) }
    let title = URL(filePath: folder).standardizedFileURL.lastPathComponent
    contents = CourseLinks.Link(title: hasFront ? Self.title(front) : title, page: "index.html")
  }

  func links(of file: String) -> CourseLinks {
    files.firstIndex(of: file).map { CourseLinks(of: $0, among: pages, contents: contents) } ?? CourseLinks()
  }

  /// What the runs came to; a notebook that did not get as far as a page is listed with the reason.
  func chapters(_ results: [BatchResult]) -> [Chapter] {
    zip(results, pages).map { result, link in
      result.chapter ?? Chapter(page: link.page, title: link.title, complaint: result.word)
    }
  }

  /// The front page where nobody has written one.
  var emptyFront: Notebook? { try? Notebook.parse("# \(contents.title)\n", path: front) }

  private static func page(_ file: String) -> String {
    URL(filePath: file).deletingPathExtension().lastPathComponent + ".html"
  }

  /// As plain text. A file that cannot be read goes by its name; its run tells why.
  private static func title(_ file: String) -> String {
    let name = URL(filePath: file).deletingPathExtension().lastPathComponent
    return (try? Notebook.read(path: file).title.filter { $0 != "$" && $0 != "`" }) ?? name
  }
}
