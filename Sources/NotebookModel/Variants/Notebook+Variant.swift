import NotebookEvents

extension Notebook {
  /// The notebook as a variant shows it, for its page; cells are run by the notebook as it was written, since
  /// a cell may need what a left-out one declares.
  ///
  /// What is left out is so before anything reads the text: the variant's source, its labels and its table of equations
  /// know nothing of it. Blank lines stand in its place, so that all else keeps its lines, and equations, figures and
  /// sections keep their numbers.
  ///
  /// - Throws: references to what is left out, from what is not.
  public func variant(_ variant: Variant) throws(NotebookErrors) -> Notebook {
    if reservedParts.isEmpty { return self }
    let whole = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var lines = whole
    for part in reservedParts {
      switch variant {
      case .student: for line in part.lines { lines[line - 1] = "" }
      case .solution where part.isFold: lines[part.lines.lowerBound - 1].openFold()
      case .solution: break
      }
    }
    // A note may have been the only one to refer to another.
    while case let unused = UnusedNotes.lines(in: whole, left: lines), !unused.isEmpty {
      for line in unused { lines[line] = "" }
    }
    var result: Notebook
    do {
      result = try Notebook.parse(lines.joined(separator: "\n"), path: path)
    } catch {
      // The whole notebook has none of these.
      throw NotebookErrors(
        error.diagnostics.map { diagnostic in
          var diagnostic = diagnostic
          diagnostic.message += " in the variant `\(variant.rawValue)`"
          diagnostic.hint = "what is left out cannot be referred to from what is not"
          return diagnostic
        })
    }
    result.takeNumbers(from: self)
    return result
  }

  private mutating func takeNumbers(from whole: Notebook) {
    for index in equations.indices where !equations[index].name.isEmpty {
      equations[index].number =
        whole.equations.first { $0.name == equations[index].name }?.number ?? equations[index].number
    }
    for index in headings.indices {
      headings[index].number =
        whole.headings.first { $0.position == headings[index].position }?.number ?? headings[index].number
    }
    for index in labels.indices {
      labels[index].number = whole.label(named: labels[index].name).map { whole.labels[$0].number } ?? ""
    }
  }

  /// What a run of the whole notebook produced, as far as a variant shows it.
  ///
  /// An exercise that only a left-out cell solves is open.
  public func record(from record: RunRecord, of whole: Notebook) -> RunRecord {
    let shown = Set(cells.filter { $0.kind == .fenced }.compactMap { $0.origins.first })
    func isShown(_ index: Int) -> Bool { whole.cells[index].origins.first.map(shown.contains) ?? false }
    var result = record
    result.cells = cells.map { cell in
      if cell.kind == .inline { return values(of: cell, from: record, of: whole) }
      let index = whole.cells.firstIndex { $0.kind == .fenced && $0.origins.first == cell.origins.first }
      guard let index, record.cells.indices.contains(index) else { return CellRecord() }
      let found = record.cells[index]
      if let solver = found.solver, !isShown(solver) { return CellRecord(state: .open) }
      return found
    }
    return result
  }

  /// The values of the expressions that are left, which may come from several cells of the whole notebook.
  private func values(of cell: Cell, from record: RunRecord, of whole: Notebook) -> CellRecord {
    var result = CellRecord(state: .ended)
    for (position, origin) in cell.origins.enumerated() {
      for other in whole.cells where other.kind == .inline && record.cells.indices.contains(other.index) {
        guard let old = other.origins.firstIndex(of: origin) else { continue }
        let found = record.cells[other.index]
        for case .inlineValue(old, let text) in found.outputs {
          result.outputs.append(.inlineValue(position: position, text: text))
        }
        switch found.state {
        case .failed(var failure) where failure.line == 0 || failure.line == old + 1:
          failure.line = failure.line == 0 ? 0 : position + 1
          result.state = .failed(failure)
        case .notRun: if result.failure == nil { result.state = .notRun }
        default: break
        }
        result.diagnostics += found.diagnostics.filter {
          $0.position?.line == origin.line && !result.diagnostics.contains($0)
        }
        let isWhole = other.origins.allSatisfy(cell.origins.contains)
        if isWhole, old == other.origins.count - 1 {
          result.outputs += found.outputs.filter { if case .inlineValue = $0 { false } else { true } }
        }
      }
    }
    return result
  }
}

extension String {
  /// `<details>` becomes `<details open>`.
  fileprivate mutating func openFold() {
    guard let tag = firstRange(of: "<details"),
      !self[tag.upperBound...].prefix(while: { $0 != ">" }).contains(" open")
    else { return }
    insert(contentsOf: " open", at: tag.upperBound)
  }
}
