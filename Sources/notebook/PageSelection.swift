import Foundation
import NotebookReport

/// The pages to verify: those that are named, those of a folder, those that contents list; contents last.
struct PageSelection {
  private(set) var pages: [(path: String, file: PageFile)] = []
  private(set) var complaints: [String] = []
  private var known: Set<String> = []

  init(_ paths: [String]) {
    for path in paths {
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard exists, isFolder.boolValue else {
        add(path)
        continue
      }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let found = names.filter { $0.hasSuffix(".html") && !$0.hasPrefix(".") }.sorted()
      if found.isEmpty { complaints.append("\(path): error: there is no page (.html) in this folder") }
      for name in found { add(path.hasSuffix("/") ? path + name : "\(path)/\(name)") }
    }
    pages = pages.filter { $0.file.record.contents == nil } + pages.filter { $0.file.record.contents != nil }
  }

  private mutating func add(_ path: String) {
    guard known.insert(path).inserted else { return }
    do {
      let file = try PageFile(try PageArgument.bytes(of: path))
      pages.append((path, file))
      let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      for entry in file.record.contents ?? [] where entry.complaint.isEmpty && !entry.page.contains("/") {
        add((folder + [Substring(entry.page)]).joined(separator: "/"))
      }
    } catch {
      complaints.append("\(path): error: \(error)")
    }
  }

  /// What lies in the folder of a page, by file names.
  static func beside<Value>(_ path: String, _ pages: [String: Value]) -> [String: Value] {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var result: [String: Value] = [:]
    for (other, value) in pages {
      let parts = other.split(separator: "/", omittingEmptySubsequences: false)
      if parts.dropLast() == folder { result[String(parts.last!)] = value }
    }
    return result
  }
}
