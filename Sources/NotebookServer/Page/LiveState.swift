import NotebookModel

/// What a tab shows beside the page: what each cell is doing, what is wrong with the text.
struct LiveState: Encodable, Sendable {
  enum Activity: String, Encodable { case running, idle }

  struct Cell: Encodable, Sendable, Equatable {
    enum State: String, Encodable { case waiting, compiling, running, done, failed, stale }
    /// The element that shows it.
    var anchor: String
    /// "Cell 3".
    var name: String
    var line: Int
    var state: State
    /// Seconds that it has been running, or ran.
    var seconds: Double?
    /// How far it has come by its own account, from 0 to 1.
    var fraction: Double?
    var message: String?
  }

  struct Problem: Encodable, Sendable, Equatable {
    var severity: String
    var place: String
    var message: String
    var hint: String

    init(_ diagnostic: Diagnostic) {
      severity = diagnostic.severity.rawValue
      place = diagnostic.position.map { "\(diagnostic.file):\($0.line):\($0.column)" } ?? diagnostic.file
      message = diagnostic.message
      hint = diagnostic.hint
    }
  }

  var activity = Activity.idle
  var cells: [Cell] = []
  var problems: [Problem] = []
  /// Snapshots: how many, and the memory that they take.
  var snapshots = 0
  var snapshotBytes = 0
}

/// One message to a tab.
struct LiveMessage: Encodable {
  struct Page: Encodable {
    var version: Int
    var title: String
    var language: String
    var style: Int
    var body: [Int]
    /// The pieces that the tab does not have.
    var texts: [Int: String]
  }
  var page: Page?
  var live: LiveState?
}
