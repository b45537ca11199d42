public import Foundation
public import NotebookModel

extension Page {
  /// Where a page differs from this one, which its own record gives: what was changed in it after it was written.
  ///
  /// Differing pieces are compared by the text that they show. Pieces that show the same text differ in their markup;
  /// these are told of only where the page was written by this very program.
  ///
  /// - Parameters:
  ///   - bytes: the page as it was found.
  ///   - comparesMarkup: whether equal text must have equal bytes.
  public func differences(
    from bytes: Data, of notebook: Notebook, comparesMarkup: Bool
  ) -> [Difference] {
    let whole = Data(html().utf8)
    if whole == bytes { return [] }
    var differences: [Difference] = []
    // A picture may be exchanged without a word of the text.
    if !comparesMarkup, PageFile.pictureDigests(in: whole) != PageFile.pictureDigests(in: bytes) {
      differences.append(Difference(line: nil, subject: "the page's pictures", was: "others", now: "its own"))
    }
    for region in Self.regions(body.map { Data($0.utf8) }, whole, bytes) {
      let (own, found) = (VisibleText(region.own), VisibleText(region.found))
      let cell = Self.cell(in: region.own, notebook)
      let name = cell.map { " of \(notebook.name(ofCell: $0.index))" } ?? ""
      if let (place, was, now) = own.difference(from: found) {
        // The page as it is first, then what its run gave.
        differences.append(
          Difference(
            line: cell?.start.line ?? own.line(in: notebook, around: place),
            subject: "the page's text" + name,
            was: now, now: was))
      } else if comparesMarkup {
        let hasOtherPictures =
          PageFile.pictureDigests(in: region.own) != PageFile.pictureDigests(in: region.found)
        let what = hasOtherPictures ? "the page's picture" : "the page's markup"
        let isHead = region.own.starts(with: Data("<!DOCTYPE".utf8))
        let place = isHead ? " of its head" : own.words.isEmpty ? "" : " of “\(own.excerpt)”"
        differences.append(
          Difference(
            line: isHead ? nil : cell?.start.line ?? own.line(in: notebook, around: 0),
            subject: what + (name.isEmpty ? place : name), was: "another", now: "its own"))
      }
    }
    return differences
  }

  /// The cell that a piece shows.
  private static func cell(in piece: Data, _ notebook: Notebook) -> Cell? {
    let mark = Data("<div class=\"cell\" id=\"".utf8)
    guard piece.starts(with: mark) else { return nil }
    let anchor = String(
      decoding: piece.dropFirst(mark.count).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    return notebook.cells.first { HTMLReport.anchor(ofCell: $0.index, in: notebook) == anchor }
  }

  private struct Region {
    var own: Data
    var found: Data
  }

  /// The stretches in which two pages differ, each of whole pieces.
  private static func regions(_ pieces: [Data], _ whole: Data, _ found: Data) -> [Region] {
    let body = pieces.reduce(Data(), +)
    let head = whole.range(of: body).map { whole[..<$0.lowerBound] } ?? Data()
    var parts = [Data(head)] + pieces
    parts.append(Data(whole.dropFirst(head.count + body.count)))
    var regions: [Region] = []
    var (index, offset) = (0, found.startIndex)
    while index < parts.count {
      if found[offset...].starts(with: parts[index]) {
        offset += parts[index].count
        index += 1
        continue
      }
      // The next piece that is there; short ones, as closing tags, stand everywhere.
      var next = parts.count
      var end = found.endIndex
      for candidate in index + 1..<max(parts.count, index + 1) where parts[candidate].count > 24 {
        if let range = found.range(of: parts[candidate], in: offset..<found.endIndex) {
          (next, end) = (candidate, range.lowerBound)
          break
        }
      }
      regions.append(Region(own: parts[index..<next].reduce(Data(), +), found: Data(found[offset..<end])))
      (index, offset) = (next, end)
    }
    if offset < found.endIndex { regions.append(Region(own: Data(), found: Data(found[offset...]))) }
    return regions
  }
}

/// What a reader sees of some HTML, in words; what is not shown (styles, records) left out.
private struct VisibleText {
  let words: [Substring]

  init(_ html: Data) {
    var text = String(decoding: html, as: UTF8.self)
    for hidden in ["style", "script", "annotation"] {
      while let start = text.range(of: "<\(hidden)[ >]", options: .regularExpression) {
        let end = text.range(of: "</\(hidden)>", range: start.upperBound..<text.endIndex)?.upperBound
        text.removeSubrange(start.lowerBound..<(end ?? text.endIndex))
      }
    }
    // Alternative texts are read out, titles are shown, links lead on.
    text = text.replacingOccurrences(
      of: " (?:alt|title|aria-label|content)=\"([^\"]*)\"", with: "> $1 <", options: .regularExpression)
    text = text.replacingOccurrences(of: "<[^>]*>", with: " ", options: .regularExpression)
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: entity, with: character)
    }
    words = text.split(whereSeparator: \.isWhitespace)
  }

  var excerpt: String { words.prefix(8).joined(separator: " ") }

  /// The first words that differ.
  func difference(from other: VisibleText) -> (place: Int, own: String, other: String)? {
    if words == other.words { return nil }
    let start = zip(words, other.words).prefix { $0 == $1 }.count
    let (rest, others) = (words[start...], other.words[start...])
    let common = zip(rest.reversed(), others.reversed()).prefix { $0 == $1 }.count
    func quoted(_ words: ArraySlice<Substring>) -> String {
      let shown = words.dropLast(common)
      if shown.isEmpty { return "nothing" }
      return "`" + shown.prefix(12).joined(separator: " ") + (shown.count > 12 ? " …`" : "`")
    }
    return (start, quoted(rest), quoted(others))
  }

  /// The notebook's line that these words, or those around them, come from; nil where none is found.
  func line(in notebook: Notebook, around place: Int) -> Int? {
    let lines = notebook.source.split(separator: "\n", omittingEmptySubsequences: false)
    let plain = words.map(String.init)
    // Three words in a row are rarely twice in a notebook; formulas, values and quotes look otherwise on the page.
    for count in [5, 3, 2] where plain.count >= count {
      for start in (0...(plain.count - count)).sorted(by: { abs($0 - place) < abs($1 - place) }) {
        let phrase = plain[start..<start + count].joined(separator: " ")
        guard phrase.contains(where: \.isLetter) else { continue }
        let found = lines.indices.filter { lines[$0].contains(phrase) }
        if found.count == 1 { return found[0] + 1 }
      }
    }
    return nil
  }
}
