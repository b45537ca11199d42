import Foundation
import NotebookEvents
import NotebookModel
import NotebookReport

/// The notebook in `Fixtures/sample.md` and its page.
enum Sample {
  /// A cache of this process's own, so that nothing is known from runs before; it is gone afterwards.
  static let cacheFolder: String = {
    atexit { try? FileManager.default.removeItem(atPath: Sample.cachePath) }
    return cachePath
  }()
  private static let cachePath = FileManager.default.temporaryDirectory
    .appendingPathComponent("flowbook-report-tests-\(getpid())").path

  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/sample.md").path

  /// A PNG of one grey dot, and the same as GIF.
  static let pictures = SamplePictures(
    light: [UInt8](Data(base64Encoded: onePixelPNG)!), dark: [UInt8](Data(base64Encoded: onePixelPNG)!),
    animation: [UInt8](Data(base64Encoded: onePixelGIF)!))

  private static let onePixelPNG =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
  private static let onePixelGIF = "R0lGODlhAQABAIAAAICAgAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="

  static func page(options: ReportOptions = ReportOptions()) throws -> String {
    let notebook = try Notebook.read(path: path)
    let report = try HTMLReport(notebook, cacheFolder: cacheFolder)
    return report.html(for: sampleRecord(notebook, pictures: pictures), options: options)
  }

  /// The page of a text whose cells, if it has any, printed this.
  static func page(of text: String, printing outputs: [Output] = []) throws -> String {
    let notebook = try Notebook.parse(text, path: "n.md")
    let report = try HTMLReport(notebook, cacheFolder: cacheFolder)
    let cells = notebook.cells.map { _ in CellRecord(state: .ended, outputs: outputs) }
    return report.html(for: RunRecord(cells: cells))
  }
}
