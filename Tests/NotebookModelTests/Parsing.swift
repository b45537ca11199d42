import NotebookModel
import Testing

/// The notebook that a text is, named `n.md`.
func notebook(_ text: String) throws -> Notebook { try Notebook.parse(text, path: "n.md") }

/// What parsing a text complains of: its errors, or else its warnings, as a user reads them.
func complaints(_ text: String) -> [String] {
  do {
    return try Notebook.parse(text, path: "n.md").warnings.map(\.description)
  } catch {
    return error.diagnostics.map(\.description)
  }
}

extension Notebook {
  /// The prose of the notebook, in order.
  var prose: [Prose] {
    elements.compactMap { if case .prose(let prose) = $0 { prose } else { nil } }
  }
  /// The pieces of prose text that Markdown does not see.
  var spanTexts: [String] {
    prose.flatMap { prose in
      prose.spans.map { String(decoding: Array(prose.text.utf8)[$0.range], as: UTF8.self) }
    }
  }
}
