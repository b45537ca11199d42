import Foundation

/// A PDF as chromium writes it, made the same on every day and in every folder.
///
/// All changes keep the length, so that the file's table of offsets stays right. They are in objects that
/// chromium (Skia) writes in plain bytes; where it does not, the file stays as it is.
public struct PDFBytes {
  public private(set) var bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether it begins and ends as a PDF does.
  public var isWhole: Bool {
    bytes.starts(with: "%PDF-".utf8)
      && bytes.suffix(32).split(separator: 10).last.map(Array.init) == Array("%%EOF".utf8)
  }

  /// Blanks the dates of the document, and says who made it.
  public mutating func removeDates() {
    for name in ["/CreationDate (", "/ModDate ("] {
      for start in places(of: name) {
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ")")) else { continue }
        fill(start...end, with: "")
      }
    }
    for start in places(of: "/Creator (Mozilla/").prefix(1) {
      if let end = endOfString(from: start + "/Creator (".utf8.count) {
        fill(start...end, with: "/Creator (Flowbook)")
      }
    }
  }

  /// Makes links to what lies beside the printed page relative, and those to pages lead to their PDFs.
  ///
  /// - Parameter folder: the address of the folder in which the page lay, with a slash at its end.
  public mutating func makeLinksRelative(to folder: String) {
    for start in places(of: "/URI (\(folder)") {
      let text = start + "/URI (".utf8.count
      guard let end = endOfString(from: text) else { continue }
      var address = String(decoding: bytes[(text + folder.utf8.count)..<end], as: UTF8.self)
      if let page = address.firstRange(of: ".html") {
        address.replaceSubrange(page, with: ".pdf")
      }
      fill(start...end, with: "/URI (\(address))")
    }
  }

  /// Where the parenthesis stands that closes a string; `\)` and inner pairs do not.
  private func endOfString(from start: Int) -> Int? {
    var depth = 1
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Puts a text that is not longer in a range, and blanks behind it.
  private mutating func fill(_ range: ClosedRange<Int>, with text: String) {
    let new = Array(text.utf8)
    precondition(new.count <= range.count, "only what is not longer keeps the offsets")
    for (offset, index) in range.enumerated() {
      bytes[index] = offset < new.count ? new[offset] : UInt8(ascii: " ")
    }
  }

  private func places(of text: String) -> [Int] {
    // Foundation's search is fast without optimisation too.
    let (data, wanted) = (Data(bytes), Data(text.utf8))
    var places: [Int] = []
    while let found = data.range(of: wanted, in: (places.last.map { $0 + 1 } ?? 0)..<data.count) {
      places.append(found.lowerBound)
    }
    return places
  }
}
