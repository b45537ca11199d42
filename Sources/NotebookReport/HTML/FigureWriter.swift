import NotebookEvents
import NotebookModel

/// Writes a cell's figures: light and dark, at their size on the page, with caption and number.
struct FigureWriter {
  let page: PageContext

  /// The figure at this position (from 1) among all of a cell.
  ///
  /// The first carries the cell's label, the last its caption: several figures of one cell are one
  /// numbered figure with parts.
  func html(_ figure: Event.Figure, of cell: Cell, position: Int, of count: Int) -> String {
    let options = cell.options
    let label = page.notebook.labels.first { $0.name == options.label && !options.label.isEmpty }
    let isFigure = options.label.hasPrefix("fig-")
    var caption = ""
    if position == count {
      var writer = ProseWriter(page, masked: options.caption.map(MaskedText.init) ?? page.masked)
      let text = options.caption.map { _ in
        writer.inline(parseMarkdown(writer.masked.text).children.flatMap(\.children))
      }
      caption = figureCaption(number: isFigure ? label?.number ?? "" : "", text ?? "")
    }
    let picture = picture(figure, alternative(figure, options, isAlone: count == 1))
    return figureElement(
      anchor: isFigure && position == 1 ? options.label : "",
      content: "<div class=\"picture\">\(picture)</div>", caption: caption)
  }

  /// The figure for a list of pages: one that moves stands still.
  func thumbnail(_ figure: Event.Figure, of cell: Cell) -> String {
    var still = figure
    if !figure.poster.isEmpty {
      (still.light, still.dark, still.poster) = (figure.poster, [], [])
    }
    return picture(still, alternative(figure, cell.options, isAlone: true))
  }

  private func alternative(_ figure: Event.Figure, _ options: CellOptions, isAlone: Bool) -> String {
    if isAlone, !options.figureAlternativeText.isEmpty { return escaped(options.figureAlternativeText) }
    return escaped(figure.alternativeText.isEmpty ? options.figureCaption : figure.alternativeText)
  }

  private func picture(_ figure: Event.Figure, _ alternative: String) -> String {
    let type = figure.format.mediaType
    let size = "width=\"\(figure.width)\" height=\"\(figure.height)\""
    func url(_ bytes: [UInt8]) -> String { dataURL(bytes, mediaType: ImageStore.mediaType(bytes) ?? type) }
    func source(_ media: String, _ bytes: [UInt8]) -> String {
      "<source media=\"\(media)\" srcset=\"\(url(bytes))\">"
    }
    var sources = ""
    if !figure.poster.isEmpty { sources += source("(prefers-reduced-motion: reduce)", figure.poster) }
    if !figure.dark.isEmpty { sources += source("screen and (prefers-color-scheme: dark)", figure.dark) }
    let image = "<img src=\"\(url(figure.light))\" \(size) alt=\"\(alternative)\">"
    let screen = sources.isEmpty ? image : "<picture>\(sources)\(image)</picture>"
    if figure.poster.isEmpty { return screen }
    // In print a moving picture is its poster, loaded beforehand: a source chosen at print time may be late.
    let still = "<img class=\"poster\" src=\"\(url(figure.poster))\" \(size) alt=\"\(alternative)\">"
    return "<span class=\"moving\">\(screen)</span>\(still)"
  }
}

/// Writes tables that cells put out.
struct TableWriter {
  let page: PageContext

  func html(_ table: Event.Table) -> String {
    let caption = table.caption.isEmpty ? "" : "<caption>\(page.textWithMath(table.caption))</caption>\n"
    let head = table.columns.map { column in
      let alignment = column.isNumeric ? " class=\"right\"" : ""
      // An empty head names nothing: as a <th> it would be announced for every cell below it.
      if column.title.isEmpty { return "<td\(alignment)></td>" }
      let html = page.textWithMath(column.title)
      let isFormula = column.title.hasPrefix("$") && column.title.hasSuffix("$")
      let content = isFormula ? spokenFormula(html, column.title.filter { $0 != "$" }) : html
      return "<th scope=\"col\"\(alignment)>\(content)</th>"
    }
    let rows = table.rows.map { row in
      let cells = row.enumerated().map { index, entry in
        let isNumeric = index < table.columns.count && table.columns[index].isNumeric
        return "<td\(isNumeric ? " class=\"right\"" : "")>\(page.textWithMath(entry))</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    let titles =
      table.columns.allSatisfy(\.title.isEmpty) ? "" : "<thead>\n<tr>\(head.joined())</tr>\n</thead>\n"
    let html = "<table class=\"data\">\n\(caption)\(titles)<tbody>\n\(rows.joined())</tbody>\n</table>"
    return scrollBox(html, label: table.caption.isEmpty ? "Table" : table.caption)
  }
}
