import Digests
import Foundation
import NotebookEvents
import NotebookModel
import Testing

@testable import NotebookReport

@Suite struct ProvenanceTests {
  static let making = Making(
    numbers: [.init(name: "Swift", version: "6.3.1"), .init(name: "library", version: "ab")],
    looks: [.init(name: "Flowbook", version: "0.1.0")])

  /// A page that carries itself, its record, and how it is written again.
  private struct Carrier {
    var page: Page
    var record: PageRecord
    var notebook: Notebook
    var html: Data { Data(page.html().utf8) }

    init(
      _ text: String, _ outputs: [Output] = [], making: Making = ProvenanceTests.making,
      contents: [Chapter]? = nil
    ) throws {
      try self.init(
        try Notebook.parse(text, path: "folder/n.md"),
        { notebook in
          RunRecord(
            cells: notebook.cells.map { cell in
              let isInline = cell.kind == .inline
              return CellRecord(
                state: .ended, outputs: isInline ? [.inlineValue(position: 0, text: "6")] : outputs)
            }, seed: 7)
        }, making)
    }

    init(_ notebook: Notebook, _ record: (Notebook) -> RunRecord, _ making: Making) throws {
      let report = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder)
      let run = record(notebook)
      self.notebook = notebook
      self.record = report.pageRecord(
        of: run, under: .init(reseed: 4, keepsGoing: true), by: making)
      page = report.page(for: run, carrying: self.record)
    }
  }

  private func sample() throws -> Carrier {
    try Carrier(
      try Notebook.read(path: Sample.path), { sampleRecord($0, pictures: Sample.pictures) }, Self.making)
  }

  @Test func aPageGivesBackWhatItCarries() throws {
    let carrier = try sample()
    let file = try PageFile(carrier.html)
    // As text: a check without a resolution has NaN, which is not equal to itself.
    #expect(file.record.json == carrier.record.json)
    #expect(file.source == carrier.notebook.original)
    #expect(file.record.file == "sample.md")
    #expect(file.record.source == SHA256.hexadecimal(of: file.source))
    #expect(try PageFile.source(in: carrier.html) == file.source)
    #expect(Set(file.pictures.keys).isSuperset(of: file.record.trace.pictures))
    #expect(Set(file.pictures.keys).isSuperset(of: file.record.images.values))
  }

  @Test func aPageIsWrittenAgainFromWhatItCarries() throws {
    let carrier = try sample()
    let file = try PageFile(carrier.html)
    let pictures = file.pictures
    // In a folder without its images.
    let notebook = try Notebook.parse(bytes: file.source, path: "/nowhere/sample.md")
    let report = try HTMLReport(
      notebook, cacheFolder: Sample.cacheFolder, images: file.record.images.compactMapValues { pictures[$0] })
    let run = RunRecord(
      file.record.trace, seed: file.record.seed, parameters: notebook.frontMatter.parameters,
      pictures: pictures)
    let again = report.page(for: run, carrying: file.record)
    #expect(Data(again.html().utf8) == carrier.html)
    #expect(again.differences(from: carrier.html, of: notebook, comparesMarkup: true) == [])
  }

  @Test func aCarryingPageIsWellFormedAndSaysWhatItIsMadeBy() throws {
    let html = String(decoding: try sample().html, as: UTF8.self)
    #expect(HTMLStructure(html).errors == [])
    #expect(html.contains("<div><dt>Swift</dt><dd>6.3.1</dd></div>"))
    #expect(html.contains("<dd>7, of checks 4</dd>"))
    #expect(html.contains("download=\"sample.md\""))
    #expect(!html.contains("Fixtures"), "no folder is told of")
  }

  @Test(arguments: [
    "</script><script>alert(1)</script>", "<!-- <script>", "]]>", "\u{2028}\u{FFFE}\u{1FFFF}\u{FEFF}",
    "\u{0}\u{1B}",
    "&lt;", "id=\"page.record\">", "{\"format\":9}", "\\u003c\\",
  ])
  func nothingThatACellPrintsGetsOutOfTheRecord(_ text: String) throws {
    let carrier = try Carrier(
      "# N\n\n```swift\nrun()\n```\n", [.value(text), .text(head: text, omittedBytes: 1, tail: text)])
    let html = String(decoding: carrier.html, as: UTF8.self)
    #expect(HTMLStructure(html).errors == [])
    #expect(html.ranges(of: "<script").count == 2, "the record and the page's own")
    #expect(try PageFile(carrier.html).record == carrier.record)
  }

  @Test func aSourceThatSpeaksOfRecordsIsReadRightly() throws {
    let fake = "<script type=\"application/json\" id=\"page.record\">{}</script>\n"
    let link = "<a id=\"page.source\" href=\"data:text/markdown;charset=utf-8;base64,AAAA\">x</a>\n"
    let carrier = try Carrier("# N\n\n\(fake)\n\(link)\n")
    #expect(try PageFile(carrier.html).record == carrier.record)
    #expect(try PageFile(carrier.html).source == carrier.notebook.original)
  }

  // MARK: Damage

  private func damage(_ change: (String) -> String) throws -> PageFile.Damage? {
    let html = String(
      decoding: try Carrier("# N\n\n```swift\nrun()\n```\n", [.value("0.5")]).html, as: UTF8.self)
    do {
      _ = try PageFile(Data(change(html).utf8))
      return nil
    } catch { return error }
  }

  @Test func damagedPagesAreToldApart() throws {
    #expect(try damage { $0 } == nil)
    #expect(try damage { String($0.prefix($0.count / 2)) } == .cutOff)
    #expect(try damage { String($0.prefix(upTo: $0.firstRange(of: "\"trace\"")!.lowerBound)) } == .cutOff)
    #expect(try damage { _ in "" } == .cutOff)
    #expect(try damage { _ in "<html><body>Hello</body></html>\n" } == .noSource)
    #expect(try damage { $0.replacing("page.record", with: "page.other") } == .noRecord)
    #expect(try damage { $0.replacing("\"format\":1", with: "\"format\":2") } == .newerFormat(2))
    #expect(try damage { $0.replacing("base64,I", with: "base64,!") } == .unreadableSource)
    #expect(
      try damage { $0.replacing("\"file\":\"n.md\"", with: "\"file\":\"../n.md\"") }
        == .badFileName("../n.md"))
    let other = Data("# M\n".utf8).base64EncodedString()
    #expect(
      try damage { $0.replacing(/charset=utf-8;base64,[^"]*/, with: "charset=utf-8;base64,\(other)") }
        == .otherSource)
    guard case .unreadableRecord = try damage({ $0.replacing("\"cells\":[", with: "\"cells\":") }) else {
      Issue.record("a record that is no JSON")
      return
    }
  }

  // MARK: Changes by hand

  static let prose = """
    # N

    A first paragraph of some words.

    There are `{swift} 6` of them, and nothing else.

    ```swift
    //| label: sum
    run()
    ```
    """

  private func changes(comparesMarkup: Bool = true, _ change: (String) -> String) throws -> [Difference] {
    let carrier = try Carrier(Self.prose, [.value("0.5")])
    let html = String(decoding: carrier.html, as: UTF8.self)
    let changed = change(html)
    #expect(changed != html)
    return carrier.page.differences(
      from: Data(changed.utf8), of: carrier.notebook, comparesMarkup: comparesMarkup)
  }

  @Test func aChangeByHandIsNamedAtItsPlace() throws {
    #expect(
      try changes { $0.replacing(">6</", with: ">7</") } == [
        Difference(line: 5, subject: "the page's text", was: "`7`", now: "`6`")
      ])
    #expect(
      try changes { $0.replacing("some words", with: "many words") } == [
        Difference(line: 3, subject: "the page's text", was: "`many`", now: "`some`")
      ])
    let cell = try changes { $0.replacing("0.5</", with: "0.25</") }
    #expect(cell.map(\.line) == [9] && cell.map(\.subject) == ["the page's text of cell 1 (sum)"])
    #expect(cell.map(\.was) == ["`0.25`"])
  }

  @Test func whatIsTakenAwayOrAddedIsFound() throws {
    let gone = try changes { $0.replacing(/<p>A first[^\n]*<\/p>\n/, with: "") }
    #expect(gone.map(\.line) == [3] && gone.map(\.was) == ["nothing"])
    let added = try changes { $0.replacing("<footer>", with: "<p>All is well.</p>\n<footer>") }
    #expect(added.map(\.was) == ["`All is well.`"])
    #expect(try changes { $0 + "<p>and more</p>" }.map(\.was) == ["`and more`"])
  }

  @Test func markupIsComparedWhereTheSameProgramWroteThePage() throws {
    let hide = { (html: String) in html.replacing("<p>A first", with: "<p hidden>A first") }
    #expect(try changes(hide).map(\.line) == [3])
    #expect(try changes(comparesMarkup: false, hide) == [])
    let style = try changes { $0.replacing("</style>", with: ".cell { display: none }</style>") }
    #expect(
      style == [
        Difference(line: nil, subject: "the page's markup of its head", was: "another", now: "its own")
      ])
  }

  @Test func anExchangedPictureIsFound() throws {
    let carrier = try sample()
    let html = String(decoding: carrier.html, as: UTF8.self)
    let picture = Data(Sample.pictures.light).base64EncodedString()
    let other = Data(Sample.pictures.animation).base64EncodedString()
    let range = try #require(html.firstRange(of: picture))
    let changed = Data(html.replacingCharacters(in: range, with: other).utf8)
    for comparesMarkup in [true, false] {
      let found = carrier.page.differences(
        from: changed, of: carrier.notebook, comparesMarkup: comparesMarkup)
      #expect(found.count == 1 && found[0].subject.hasPrefix("the page's picture"), "\(found)")
    }
  }

  @Test func otherVersionsAreNamed() {
    let old = [
      Making.Part(name: "Swift", version: "6.3"),
      .init(name: "library", version: String(repeating: "a", count: 64)),
    ]
    #expect(Making.changes(from: old, to: old) == [])
    #expect(
      Making.changes(from: old, to: [.init(name: "Swift", version: "6.4")]) == [
        "Swift 6.3 (here: 6.4)", "library aaaaaaaaaaaa… (here: none)",
      ])
  }
}
