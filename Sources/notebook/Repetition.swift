import NotebookModel

extension BatchResult {
  /// What `--twice` found.
  ///
  /// - Parameters:
  ///   - differences: between what the cells put out.
  ///   - areEqual: whether the pages are, byte for byte.
  mutating func takeRepetition(of notebook: Notebook, _ differences: [Difference], areEqual: Bool) {
    if areEqual { return }
    status = max(status, .refuted)
    diagnostics += differences.prefix(Difference.most).map { difference in
      Diagnostic(
        file: notebook.path, at: difference.line.map { Position(line: $0) },
        "a second run differs: \(difference.subject) was \(difference.was) and is \(difference.now)")
    }
    if differences.count > Difference.most {
      diagnostics.append(
        Diagnostic(
          .note, file: notebook.path, "and \(count(differences.count - Difference.most, "more difference"))"))
    }
    if differences.isEmpty {
      diagnostics.append(
        Diagnostic(
          file: notebook.path, "a second run puts out the same, and its page has other bytes",
          hint: "this is a fault of Flowbook, not of the notebook"))
    }
  }
}

extension Difference {
  /// So many are told one by one.
  static let most = 20
}
