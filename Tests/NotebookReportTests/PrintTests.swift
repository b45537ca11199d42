import Foundation
import NotebookModel
import Testing

@testable import NotebookReport

@Suite struct PrintTests {
  /// As chromium writes it, as far as that matters.
  private static let pdf = """
    %PDF-1.4
    1 0 obj
    <</Title (T)
    /Creator (Mozilla/5.0 \\(X11; Linux x86_64\\) HeadlessChrome/156.0.0.0)
    /Producer (Skia/PDF m156)
    /CreationDate (D:20261121121613+00'00')
    /ModDate (D:20261121121613+00'00')>>
    endobj
    2 0 obj
    <</S /URI /URI (file:///tmp/p-1/03_\\(x\\).html#sec-a)>> <</S /URI /URI (https://a.org/b.html)>>
    <</S /URI /URI (file:///tmp/p-1/data.csv)>>
    endobj
    %%EOF

    """

  private func made(_ text: String, folder: String) -> String {
    var pdf = PDFBytes(Array(text.utf8))
    pdf.removeDates()
    pdf.makeLinksRelative(to: folder)
    #expect(pdf.bytes.count == text.utf8.count, "the table of offsets must stay right")
    return String(decoding: pdf.bytes, as: UTF8.self)
  }

  @Test func neitherDayNorFolderIsInAPDF() {
    let text = made(Self.pdf, folder: "file:///tmp/p-1/")
    #expect(!text.contains("2026") && !text.contains("Mozilla") && !text.contains("/tmp/"))
    #expect(
      text.contains("/Creator (Flowbook) ") && text.contains("/Title (T)") && text.contains("endobj\n2 0 obj")
    )
    #expect(text.contains("/URI (03_\\(x\\).pdf#sec-a) ") && text.contains("/URI (data.csv) "))
    #expect(text.contains("/URI (https://a.org/b.html)>>"))
    let other = Self.pdf.replacing("20261121121613", with: "20270101000000")
    #expect(made(other, folder: "file:///tmp/p-1/") == text)
  }

  @Test func aPDFThatBreaksOffIsNotWhole() {
    #expect(PDFBytes(Array(Self.pdf.utf8)).isWhole)
    #expect(!PDFBytes(Array(Self.pdf.utf8.dropLast(9))).isWhole)
    #expect(!PDFBytes([]).isWhole)
  }

  @Test(arguments: [(Paper.a4, "size: A4"), (.letter, "size: letter")])
  func thePrintedPageHasASizeAndNumbers(_ paper: Paper, _ rule: String) throws {
    let notebook = try Notebook.parse("# T\n", path: "n.md")
    let page = try HTMLReport(notebook, cacheFolder: Sample.cacheFolder).page(for: RunRecord())
    let html = page.html(printedOn: paper)
    #expect(html.contains("@page { \(rule); }") && html.contains("counter(page)"))
    #expect(!page.html().contains("counter(page)"), "the page for the screen stays as it is")
  }
}
