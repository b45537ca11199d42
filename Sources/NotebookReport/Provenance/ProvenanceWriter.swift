import Foundation
import NotebookModel

/// Writes what a page carries of its making: a part of the footer for readers, and the record for programs.
struct ProvenanceWriter {
  let page: PageContext
  let record: PageRecord

  static let sourceMark = "id=\"page.source\" href=\"data:text/markdown;charset=utf-8;base64,"
  static let recordMark = "<script type=\"application/json\" id=\"page.record\">"

  /// Folded: versions, the way to verify, the notebook to take along.
  var html: String {
    let parts = record.making.looks + record.making.numbers
    let facts =
      parts.map { ($0.name, Making.shortened($0.version)) } + [
        ("seed", "\(record.seed)" + (record.conditions.reseed.map { ", of checks \($0)" } ?? ""))
      ]
      + record.parameters.map { ("parameter \($0.name)", $0.value) }
    let rows = facts.map { name, value in
      "<div><dt>\(escapedOutput(name))</dt><dd>\(escapedOutput(value))</dd></div>\n"
    }
    let source = Data(page.notebook.original).base64EncodedString()
    let file = escaped(record.file)
    return """
      <details class="making">
      <summary>Source and versions of this page</summary>
      <p>It carries its notebook, <a download="\(file)" \(Self.sourceMark)\(source)">\(file)</a>, SHA-256 \
      <code>\(record.source)</code>. In a clone of Flowbook, <code>swift run notebook verify</code> with the name of \
      this page runs it again and compares all that the page shows.</p>
      <dl class="facts">
      \(rows.joined())</dl>
      </details>

      """
  }

  /// Data that a browser passes over.
  var script: String { "\(Self.recordMark)\(record.json)</script>\n" }
}

extension PageRecord {
  /// One line, equal for equal records, that may stand in a page: within a string of JSON any character can
  /// be written by its number, so that no `</script>` in what a cell printed ends the element.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Strings, numbers and what is made of them: nothing that cannot be encoded.
    let data = try! encoder.encode(self)
    var text = ""
    var plain: [UInt8] = []
    for scalar in String(decoding: data, as: UTF8.self).unicodeScalars {
      if PageRecord.isSafe(scalar) {
        plain.append(contentsOf: UTF8.encode(scalar)!)
      } else {
        text += String(decoding: plain, as: UTF8.self)
        plain = []
        for unit in UTF16.encode(scalar)! {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return text + String(decoding: plain, as: UTF8.self)
  }

  /// Whether a character means nothing to HTML and may stand in it.
  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3C, 0x3E, 0x26, 0x7F...0x9F, 0xFDD0...0xFDEF, 0xFEFF, 0x2028, 0x2029: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }
}
