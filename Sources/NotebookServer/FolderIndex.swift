import Foundation
import NotebookModel
import NotebookReport
import Synchronization

/// The page that lists the notebooks of a folder, and follows it.
final class FolderIndex: Sendable {
  let broadcast = Broadcast()
  private let folder: NotebookFolder
  /// Titles, by name and time of the last change.
  private let titles = Mutex<[String: (identity: String, title: String)]>([:])

  init(folder: NotebookFolder) {
    self.folder = folder
    look()
  }

  /// The folder may have changed.
  func look() {
    let names = folder.notebooks
    let rows = names.map { name in
      let link = LivePages.percentEncoded(name)
      let others = names.filter { $0 != name }.map { other in
        "<option value=\"beside/\(link).html/\(LivePages.percentEncoded(other)).html\">\(LivePages.escaped(other))</option>"
      }
      let beside =
        others.isEmpty
        ? ""
        : "<select class=\"live-beside\" aria-label=\"Open \(LivePages.escaped(name)) beside\">"
          + "<option value=\"\">beside …</option>\(others.joined())</select>"
      return """
        <tr><td><a href="\(link).html">\(LivePages.escaped(title(of: name)))</a></td>\
        <td><code>\(LivePages.escaped(name)).md</code></td><td>\(beside)</td></tr>

        """
    }
    let table =
      rows.isEmpty
      ? "<p>There is no notebook (.md) in this folder yet.</p>\n"
      : """
      <table>
      <thead>
      <tr><th scope="col">Notebook</th><th scope="col">File</th><th scope="col">Side by side</th></tr>
      </thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>

      """
    let heading = LivePages.escaped(folder.path)
    broadcast.publish(
      Page(
        title: folder.path,
        body: [
          "<div class=\"page\">\n", "<header>\n<h1>\(heading)</h1>\n</header>\n", "<main id=\"page.text\">\n",
          table, "</main>\n</div>\n",
        ]), nil)
  }

  private func title(of name: String) -> String {
    let path = folder.file("\(name).md")
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let identity = "\(attributes?[.size] ?? "") \(attributes?[.modificationDate] ?? "")"
    if let known = titles.withLock({ $0[name] }), known.identity == identity { return known.title }
    let title = (try? Notebook.read(path: path))?.title ?? name
    titles.withLock { $0[name] = (identity, title) }
    return title
  }
}
