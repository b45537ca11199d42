import NotebookEngine
import NotebookModel
import NotebookReport

/// A text that can be shown and run.
struct Edition: Sendable {
  /// Counts them.
  var number: Int
  var notebook: Notebook
  var parameters: [Parameter]
  var options: Session.Options
  var report: HTMLReport
}
