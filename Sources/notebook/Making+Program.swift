import NotebookEngine
import NotebookReport

extension Making {
  /// The versions of this program, as far as a page's looks depend on them.
  static func looks() -> [Part] {
    let rooms = ["NotebookReport", "NotebookModel", "NotebookEvents", "CCmark", "CDuktape"]
    return [
      Part(name: "Flowbook", version: NotebookCommand.version),
      Part(name: "page writer", version: SourceDigest.of(rooms, root: KernelBuild.packageRoot)),
    ] + HTMLReport.libraryVersions.map { Part(name: $0.name, version: $0.version) }
  }
}
