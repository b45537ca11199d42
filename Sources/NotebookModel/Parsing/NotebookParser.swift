extension Notebook {
  /// Reads a notebook's text. O(bytes).
  ///
  /// - Throws: all that is wrong with it, in the order of the file, each with its line and column.
  public static func parse(_ source: String, path: String) throws(NotebookErrors) -> Notebook {
    try parse(bytes: source.utf8, path: path)
  }

  /// Reads a notebook from the bytes of its file; they must be UTF-8. O(bytes).
  ///
  /// - Throws: all that is wrong with it, in the order of the file, each with its line and column.
  public static func parse(bytes: some Sequence<UInt8>, path: String) throws(NotebookErrors) -> Notebook {
    let bytes = Array(bytes)
    var parser = NotebookParser(source: try SourceText(bytes, path: path), path: path)
    var notebook = try parser.parse()
    notebook.original = bytes
    return notebook
  }
}

/// Makes a notebook of the blocks of a text: cells of its fences, and prose of what is between them.
struct NotebookParser {
  private enum Element {
    case prose(Draft)
    case cell(Int)
  }

  let source: SourceText
  var sink: DiagnosticSink
  var notebook: Notebook
  var labels = LabelTable()
  /// What was found in the prose since the last fenced cell.
  var spans: [Draft.Span] = []
  /// The cell that collects the inline expressions of that prose.
  var inlineCell: Int?
  /// The headings that get a number, unless one is the title.
  var numberedHeadings: [Int] = []
  private var folds = FoldReader()
  private var elements: [Element] = []
  private var captions: [(cell: Int, draft: Draft)] = []

  init(source: SourceText, path: String) {
    self.source = source
    sink = DiagnosticSink(file: path)
    notebook = Notebook(path: path, source: String(decoding: source.bytes, as: UTF8.self))
  }

  mutating func parse() throws(NotebookErrors) -> Notebook {
    let (frontMatter, bodyStart) = FrontMatterReader.read(source, &sink)
    notebook.frontMatter = frontMatter
    let end = source.bytes.count
    var proseStart = source.lines.indices.contains(bodyStart) ? source.lines[bodyStart].lowerBound : end
    for block in BlockScanner.scan(source, from: bodyStart) {
      switch block {
      case .text(let text):
        if text.kind == .markup {
          folds.read(source.text(text.lines[0]), line: source.position(at: text.lines[0].lowerBound).line)
        }
        read(text)
      case .fence(let fence):
        guard isCell(fence) else { continue }
        closeProse(proseStart..<source.lines[fence.line].lowerBound)
        addCell(fence)
        proseStart = min(source.lines[fence.closingLine ?? source.lines.count - 1].upperBound + 1, end)
      }
    }
    closeProse(proseStart..<end)
    reserveFolds()
    numberHeadings()
    resolve()
    checkImage()
    if notebook.elements.isEmpty {
      sink.warning(nil, "the notebook is empty", hint: "`notebook new NAME` writes one to start from")
    } else if notebook.cells.isEmpty, !notebook.isFrontPage {
      sink.warning(nil, "the notebook has no cells", hint: "a cell is a fence ```swift")
    }
    let diagnostics = sink.sorted
    if diagnostics.contains(where: { $0.severity == .error }) { throw NotebookErrors(diagnostics) }
    notebook.warnings = diagnostics
    return notebook
  }

  private mutating func closeProse(_ range: Range<Int>) {
    defer {
      spans = []
      inlineCell = nil
    }
    if source.bytes[range].allSatisfy({ isSpace($0) || $0 == 10 }) { return }
    elements.append(
      .prose(
        Draft(
          text: source.text(range), base: range.lowerBound, position: source.position(at: range.lowerBound),
          spans: spans.sorted { $0.range.lowerBound < $1.range.lowerBound })))
  }

  private mutating func resolve() {
    notebook.labels = labels.labels
    for element in elements {
      switch element {
      case .cell(let index): notebook.elements.append(.cell(index))
      case .prose(let draft): notebook.elements.append(.prose(draft.resolved(labels.labels, &sink)))
      }
    }
    for (cell, draft) in captions {
      notebook.cells[cell].options.caption = draft.resolved(labels.labels, &sink)
    }
  }

  private mutating func reserveFolds() {
    notebook.reservedParts += folds.parts
    for (line, kind) in folds.unclosed {
      sink.error(
        Position(line: line), "this fold, \(kind.description), is not closed",
        hint: "end it with a line `</details>`: all variants must know where it ends")
    }
  }

  private mutating func checkImage() {
    let image = notebook.frontMatter.image
    if image.isEmpty { return }
    let figures = labels.labels.compactMap { label in
      if case .figure(cell: .some) = label.kind { label.name } else { nil }
    }
    guard !figures.contains(image) else { return }
    sink.error(
      notebook.frontMatter.imagePosition, "`image: \(image)` names no figure that a cell draws",
      hint: suggestion(for: image, among: figures, listing: "the figures are"))
  }

  // MARK: Cells

  private mutating func isCell(_ fence: Block.Fence) -> Bool {
    let place = source.position(at: fence.offset)
    let ticks = String(repeating: Character(Unicode.Scalar(fence.marker)), count: fence.length)
    if fence.closingLine == nil, !fence.isNested {
      sink.error(place, "the fence \(ticks)\(fence.info) is not closed", hint: "end it with a line \(ticks)")
    }
    let words = fence.info.split { $0 == " " || $0 == "\t" }
    guard words.first == "swift" else {
      if fence.info.hasPrefix("{swift") {
        sink.warning(place, "\(ticks)\(fence.info) is only shown", hint: "write \(ticks)swift to run it")
      }
      return false
    }
    if fence.isNested {
      sink.warning(
        place, "a cell in a list or a quote is only shown, not run",
        hint: "move it to the margin, or write \(ticks)swift-noeval")
      return false
    }
    if words.count > 1 {
      sink.error(
        place, "`\(words[1...].joined(separator: " "))` behind \(ticks)swift means nothing",
        hint: "write options as lines `//| key: value` at the top of the cell")
    }
    if fence.closingLine != nil, let inner = fence.content.first(where: { opensFence($0, like: fence) }) {
      sink.error(
        place, "this cell swallows the fence in line \(source.position(at: inner.lowerBound).line)",
        hint: "close it before, with a line \(ticks)")
    }
    return true
  }

  private func opensFence(_ line: Range<Int>, like fence: Block.Fence) -> Bool {
    guard let other = LineCursor(source.bytes, line).openFence else { return false }
    return other.marker == fence.marker && other.length >= fence.length && !other.info.isEmpty
  }

  private mutating func addCell(_ fence: Block.Fence) {
    let index = notebook.cells.count
    let lines = fence.content.map { (text: source.text($0), position: source.position(at: $0.lowerBound)) }
    let start = lines.first?.position ?? source.position(at: fence.offset)
    let (options, caption) = OptionReader.read(lines, &sink)
    notebook.cells.append(
      Cell(
        index: index, code: lines.map(\.text).joined(separator: "\n"),
        origins: lines.isEmpty ? [start] : lines.map(\.position), options: options))
    elements.append(.cell(index))
    if let kind = options.reservedFor {
      let end = (fence.closingLine ?? fence.line) + 1
      notebook.reservedParts.append(ReservedPart(kind: kind, lines: fence.line + 1...end, isFold: false))
    }
    if let line = lines.drop(while: { $0.text.hasPrefix("//|") }).first(where: { $0.text.hasPrefix("//|") }) {
      sink.warning(
        line.position, "an option below the code has no effect", hint: "move it to the top of the cell")
    }
    if options.label.hasPrefix("fig-") {
      labels.addFigure(options.label, cell: index, at: start, &sink)
    } else if !options.label.isEmpty {
      labels.add(Label(name: options.label, kind: .cell(index), number: "", position: start), &sink)
    }
    if let caption, !options.figureCaption.isEmpty {
      let flat = FlatText(options.figureCaption, at: caption)
      captions.append(
        (
          index,
          Draft(
            text: options.figureCaption, base: 0, position: caption, spans: readCaption(flat))
        ))
    }
  }
}
