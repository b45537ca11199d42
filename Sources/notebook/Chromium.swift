import Foundation
import NotebookEngine
import NotebookReport

/// Prints pages by headless chromium, or Chrome.
struct Chromium {
  struct Failure: Error, CustomStringConvertible {
    var message: String
    var hint = ""
    var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
  }

  /// Chromium starts in a second; the longest page of a course takes a few more.
  static let secondsForAPage = 120.0

  let program: URL

  /// The browser that the environment variable CHROMIUM names, or the first of the usual ones in the path.
  static func find() throws(Failure) -> Chromium {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["CHROMIUM"], !named.isEmpty {
      guard access(named, X_OK) == 0 else {
        throw Failure(
          message: "'\(named)', which CHROMIUM names, is no program", hint: "name chromium's path")
      }
      return Chromium(program: URL(filePath: named))
    }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    for name in ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"] {
      for folder in folders where access("\(folder)/\(name)", X_OK) == 0 {
        return Chromium(program: URL(filePath: "\(folder)/\(name)"))
      }
    }
    throw Failure(
      message: "a PDF is printed by chromium, which is not installed", hint: "'apt-get install -y chromium'")
  }

  /// The page as PDF: the same bytes for the same page, whatever the day and the place.
  func print(_ html: String, seconds: Double = secondsForAPage) throws(Failure) -> Data {
    let folder = FileManager.default.temporaryDirectory.appending(path: "flowbook-print-\(UUID().uuidString)")
    do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
      throw Failure(message: "no temporary folder can be made: \(error.localizedDescription)")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try print(html, in: folder.resolvingSymlinksInPath(), seconds)
  }

  private func print(_ html: String, in folder: URL, _ seconds: Double) throws(Failure) -> Data {
    let (page, pdf) = (folder.appending(path: "page.html"), folder.appending(path: "page.pdf"))
    do { try Data(html.utf8).write(to: page) } catch {
      throw Failure(message: "\(page.path) cannot be written: \(error.localizedDescription)")
    }
    let result: (ending: BoundedTool.Ending, output: String)
    do {
      result = try BoundedTool.run(
        program, Self.arguments(folder: folder.path, page: page, pdf: pdf.path),
        environment: Self.environment(home: folder.path), seconds: seconds,
        isInterrupted: { Interruption.isRaised })
    } catch {
      throw Failure(message: "\(error)")
    }
    switch result.ending {
    case .interrupted: throw Failure(message: "the printing was interrupted")
    case .outOfTime:
      throw Failure(
        message: "\(program.lastPathComponent) did not print the page in \(Int(seconds)) s",
        hint: "try again when the machine has less to do")
    case .ended(let status):
      guard let data = try? Data(contentsOf: pdf) else {
        let last = result.output.split(separator: "\n").last { $0.contains("ERROR") || $0.contains("rror:") }
        throw Failure(
          message: "\(program.lastPathComponent) printed nothing (status \(status))"
            + (last.map { ": \($0)" } ?? ""),
          hint: "'\(program.path) --headless --print-to-pdf=x.pdf FILE' shows more")
      }
      var bytes = PDFBytes([UInt8](data))
      guard bytes.isWhole else {
        throw Failure(message: "what \(program.lastPathComponent) printed is no whole PDF", hint: "try again")
      }
      bytes.removeDates()
      bytes.makeLinksRelative(
        to: folder.absoluteString.hasSuffix("/") ? folder.absoluteString : folder.absoluteString + "/")
      return Data(bytes.bytes)
    }
  }

  private static func arguments(folder: String, page: URL, pdf: String) -> [String] {
    var arguments = [
      "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
      "--disable-background-networking", "--disable-breakpad", "--disable-crash-reporter",
      "--font-render-hinting=none", "--user-data-dir=\(folder)/profile", "--no-pdf-header-footer",
      "--generate-pdf-document-outline", "--export-tagged-pdf", "--print-to-pdf=\(pdf)",
    ]
    // Chromium's sandbox does not work for root. The page is as trusted as the notebook, which has just run.
    if geteuid() == 0 { arguments.append("--no-sandbox") }
    return arguments + [page.absoluteString]
  }

  /// Nothing of the user's own browser is touched.
  private static func environment(home: String) -> [String: String] {
    ProcessInfo.processInfo.environment.merging([
      "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home,
      "DBUS_SESSION_BUS_ADDRESS": "unix:path=/dev/null", "TZ": "UTC",
    ]) { $1 }
  }
}
