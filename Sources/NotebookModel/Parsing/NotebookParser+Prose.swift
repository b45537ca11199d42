extension NotebookParser {
  /// Finds what a paragraph or heading holds besides Markdown.
  mutating func read(_ block: Block.Text) {
    let flat = FlatText(source, lines: block.lines)
    let scanner = InlineScanner(flat.bytes)
    report(scanner, flat)
    var headingAttributes: (range: Range<Int>, attributes: Attributes)?
    for item in scanner.items {
      let place = flat.position(item.range.lowerBound)
      let host = flat.hostRange(item.range)
      switch item.content {
      case .math(let range, let isDisplay, let attributes):
        let tex = flat.tex(range, isDisplay: isDisplay)
        let content: Prose.Span.Content =
          isDisplay ? .equation(addEquation(tex, attributes, at: place)) : .math(tex)
        if range.isEmpty { sink.error(place, "an empty formula", hint: "write TeX between the dollar signs") }
        spans.append(Draft.Span(range: host, content: .ready(content)))
      case .expression(let range):
        if let content = addExpression(flat, range, at: place) {
          spans.append(Draft.Span(range: host, content: .ready(content)))
        }
      case .reference(let name, let numberOnly):
        spans.append(
          Draft.Span(range: host, content: .reference(name: name, numberOnly: numberOnly, position: place)))
      case .attributes(let attributes, followsImage: true):
        if let name = name(attributes, prefix: "fig-", of: "a figure", classes: [], at: place), !name.isEmpty
        {
          let label = labels.addFigure(name, cell: nil, at: place, &sink)
          spans.append(Draft.Span(range: host, content: .ready(.imageLabel(label))))
        }
      case .attributes(let attributes, followsImage: false):
        if case .heading = block.kind, flat.bytes[item.range.upperBound...].allSatisfy({ isSpace($0) }) {
          headingAttributes = (item.range, attributes)
        } else {
          sink.warning(
            place, "these attributes belong to nothing",
            hint: "they stand right behind `$$`, an image, or at the end of a heading")
        }
      }
    }
    if case .heading(let level) = block.kind {
      addHeading(level, flat, headingAttributes, isNested: block.isNested)
    }
  }

  /// What a caption holds: formulas and references.
  mutating func readCaption(_ flat: FlatText) -> [Draft.Span] {
    let scanner = InlineScanner(flat.bytes)
    report(scanner, flat)
    return scanner.items.compactMap { item in
      let place = flat.position(item.range.lowerBound)
      let content: Draft.Span.Content
      switch item.content {
      case .math(let range, _, _): content = .ready(.math(flat.tex(range, isDisplay: false)))
      case .reference(let name, let numberOnly):
        content = .reference(name: name, numberOnly: numberOnly, position: place)
      case .expression:
        sink.error(place, "a caption cannot hold a computed value", hint: "put it into the prose")
        return nil
      case .attributes: return nil
      }
      return Draft.Span(range: flat.hostRange(item.range), content: content)
    }
  }

  private mutating func report(_ scanner: InlineScanner, _ flat: FlatText) {
    for offset in scanner.unclosedDisplays {
      sink.error(
        flat.position(offset), "the equation that `$$` opens is not closed",
        hint: "end it with `$$`; no blank line may stand in it")
    }
    for offset in scanner.unclosedFormulas {
      sink.warning(
        flat.position(offset), "this `$` opens no formula",
        hint: "close it with a `$` that no space precedes, or write `\\$` for a dollar")
    }
  }

  private mutating func addEquation(_ tex: TeX, _ attributes: Attributes?, at place: Position) -> Int {
    var equation = Equation(tex: tex, position: place)
    let statuses = Equation.Status.allCases.map(\.rawValue)
    if let attributes,
      let name = name(attributes, prefix: "eq-", of: "an equation", classes: statuses, at: place)
    {
      equation.name = name
      equation.status = attributes.classes.first.flatMap(Equation.Status.init)
      if attributes.classes.count > 1 {
        sink.error(place, "an equation has one status, not \(attributes.classes.count)")
      }
      if !name.isEmpty {
        equation.number = labels.addEquation(name, index: notebook.equations.count, at: place, &sink)
      }
    }
    notebook.equations.append(equation)
    return notebook.equations.count - 1
  }

  /// The name in the attributes, if they are what they should be.
  private mutating func name(
    _ attributes: Attributes, prefix: String, of thing: String, classes: [String], at place: Position
  ) -> String? {
    if let stray = attributes.stray {
      sink.error(
        place, "`\(stray)` in the attributes of \(thing) means nothing", hint: "write `{#\(prefix)name}`")
      return nil
    }
    for wrong in attributes.classes where !classes.contains(wrong) {
      sink.error(
        place, "\(thing) has no class `.\(wrong)`",
        hint: suggestion(for: wrong, among: classes, listing: "there are"))
      return nil
    }
    if attributes.name.isEmpty || attributes.name.hasPrefix(prefix) { return attributes.name }
    sink.error(
      place, "the label `\(attributes.name)` of \(thing) does not begin with `\(prefix)`",
      hint: "write `{#\(prefix)\(attributes.name)}`")
    return nil
  }

  private mutating func addExpression(
    _ flat: FlatText, _ range: Range<Int>, at place: Position
  ) -> Prose.Span.Content? {
    let code = flat.text(range).split(separator: "\n", omittingEmptySubsequences: false).joined(
      separator: " ")
    if code.isEmpty {
      sink.error(place, "`{swift}` without an expression", hint: "write `{swift} expression`, in backquotes")
      return nil
    }
    let position = flat.position(range.lowerBound)
    guard let cell = inlineCell else {
      let index = notebook.cells.count
      notebook.cells.append(Cell(index: index, kind: .inline, code: code, origins: [position]))
      inlineCell = index
      return .expression(cell: index, position: 0)
    }
    notebook.cells[cell].code += "\n" + code
    notebook.cells[cell].origins.append(position)
    return .expression(cell: cell, position: notebook.cells[cell].origins.count - 1)
  }

  private mutating func addHeading(
    _ level: Int, _ flat: FlatText, _ found: (range: Range<Int>, attributes: Attributes)?, isNested: Bool
  ) {
    let place = flat.position(0)
    var end = found?.range.lowerBound ?? flat.bytes.count
    while end > 0, isSpace(flat.bytes[end - 1]) { end -= 1 }
    // `## Heading ##`: the closing signs are no part of the text.
    let signs = flat.bytes[..<end].reversed().prefix { $0 == UInt8(ascii: "#") }.count
    if signs > 0, end == signs || isSpace(flat.bytes[end - signs - 1]) {
      end -= signs
      while end > 0, isSpace(flat.bytes[end - 1]) { end -= 1 }
    }
    let index = notebook.headings.count
    var heading = Heading(
      level: level, text: flat.text(0..<end), position: place)
    if let found,
      let name = name(
        found.attributes, prefix: "sec-", of: "a section", classes: ["unnumbered"],
        at: flat.position(found.range.lowerBound))
    {
      heading.name = name
      if !name.isEmpty {
        labels.add(Label(name: name, kind: .section(index), number: "", position: place), &sink)
      }
    }
    let isUnnumbered = found?.attributes.classes.contains("unnumbered") ?? false
    if !isNested && !isUnnumbered { numberedHeadings.append(index) }
    notebook.headings.append(heading)
    let attributes = found?.range ?? end..<end
    spans.append(Draft.Span(range: flat.hostRange(attributes), content: .ready(.heading(index))))
  }

  /// Gives each heading its number: 1, 1.1, 1.2, 2, ... from the highest level that is used.
  mutating func numberHeadings() {
    let top = numberedHeadings.filter { notebook.headings[$0].level == 1 }
    if notebook.frontMatter.title.isEmpty, top == [0] {
      notebook.headings[0].isTitle = true
      numberedHeadings.removeFirst()
    }
    let base = numberedHeadings.map { notebook.headings[$0].level }.min() ?? 1
    var counters: [Int] = []
    for index in numberedHeadings {
      let depth = notebook.headings[index].level - base
      counters =
        Array(counters.prefix(depth + 1)) + Array(repeating: 0, count: max(0, depth + 1 - counters.count))
      counters[depth] += 1
      let number = counters.map(String.init).joined(separator: ".")
      notebook.headings[index].number = number
      labels.setNumber(number, ofSection: index)
    }
  }
}
