import Digests
public import Foundation
import NotebookModel

/// A page as it is found: its bytes, and what it carries.
public struct PageFile: Sendable {
  /// Why a page cannot be made again.
  public enum Damage: Error, Hashable, Sendable {
    case cutOff, noSource, unreadableSource, noRecord, unreadableRecord(String), newerFormat(Int)
    case otherSource, badFileName(String)
  }

  public let bytes: Data
  public let record: PageRecord
  /// The notebook, to the last byte.
  public let source: [UInt8]

  /// Reads what a page carries. Nothing of it is run.
  public init(_ bytes: Data) throws(Damage) {
    self.bytes = bytes
    // What a notebook has written itself comes before what is looked for.
    let sourceText = PageFile.text(after: ProvenanceWriter.sourceMark, before: "\"", in: bytes)
    let recordText = PageFile.text(after: ProvenanceWriter.recordMark, before: "</script>", in: bytes)
    guard sourceText != nil || recordText != nil || bytes.suffix(32).range(of: Data("</html>".utf8)) != nil
    else {
      throw .cutOff
    }
    guard let sourceText else { throw .noSource }
    guard let source = Data(base64Encoded: sourceText) else { throw .unreadableSource }
    self.source = [UInt8](source)
    guard let recordText else {
      throw bytes.suffix(32).range(of: Data("</html>".utf8)) == nil ? .cutOff : .noRecord
    }
    record = try PageFile.record(recordText)
    guard SHA256.hexadecimal(of: self.source) == record.source else { throw .otherSource }
    let name = record.file
    guard !name.isEmpty, !name.contains("/"), !name.contains("\0"), name != ".", name != ".." else {
      throw .badFileName(name)
    }
  }

  /// The notebook that a page carries, whatever else is wrong with the page.
  public static func source(in bytes: Data) throws(Damage) -> [UInt8] {
    guard let text = text(after: ProvenanceWriter.sourceMark, before: "\"", in: bytes) else {
      throw bytes.suffix(32).range(of: Data("</html>".utf8)) == nil ? .cutOff : .noSource
    }
    guard let source = Data(base64Encoded: text) else { throw .unreadableSource }
    return [UInt8](source)
  }

  /// The pictures on the page, by their SHA-256.
  public var pictures: [String: [UInt8]] {
    Dictionary(PageFile.pictures(in: bytes).map { ($0.digest, $0.bytes) }) { first, _ in first }
  }

  /// The digests of a page's pictures, in their order.
  static func pictureDigests(in bytes: Data) -> [String] { pictures(in: bytes).map(\.digest) }

  private static func pictures(in bytes: Data) -> [(digest: String, bytes: [UInt8])] {
    var pictures: [(digest: String, bytes: [UInt8])] = []
    var rest = bytes[...]
    while let start = rest.range(of: Data("data:image/".utf8)) {
      rest = rest[start.upperBound...]
      guard let comma = rest.firstIndex(of: UInt8(ascii: ",")), comma - rest.startIndex < 40,
        let end = rest[comma...].firstIndex(of: UInt8(ascii: "\""))
      else { continue }
      if let data = Data(base64Encoded: Data(rest[(comma + 1)..<end])) {
        let picture = [UInt8](data)
        pictures.append((SHA256.hexadecimal(of: picture), picture))
      }
      rest = rest[end...]
    }
    return pictures
  }

  private static func text(after mark: String, before end: String, in bytes: Data) -> Data? {
    guard let start = bytes.range(of: Data(mark.utf8), options: .backwards),
      let end = bytes.range(of: Data(end.utf8), in: start.upperBound..<bytes.endIndex)
    else { return nil }
    return Data(bytes[start.upperBound..<end.lowerBound])
  }

  private static func record(_ text: Data) throws(Damage) -> PageRecord {
    struct Head: Decodable { var format: Int }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      let format = try decoder.decode(Head.self, from: text).format
      if format > PageRecord.currentFormat { throw Damage.newerFormat(format) }
      return try decoder.decode(PageRecord.self, from: text)
    } catch let damage as Damage {
      throw damage
    } catch {
      throw .unreadableRecord("\(error)")
    }
  }
}

extension PageFile.Damage: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cutOff: "the page is cut off; get it again from where it came"
    case .noSource: "this page carries no source; pages that 'notebook run' writes do"
    case .unreadableSource: "the source in this page is damaged; get the page again from where it came"
    case .noRecord:
      "this page carries no record of its run; 'notebook source' gives its notebook, to be run"
    case .unreadableRecord:
      "the record of its run in this page is damaged; 'notebook source' gives its notebook, to be run"
    case .newerFormat(let format):
      "the record in this page is of format \(format), newer than this program knows; use a newer Flowbook"
    case .otherSource:
      "the source in this page is not the one that its record names: one of them was changed"
    case .badFileName(let name): "the notebook in this page is called \(name), which is no name of a file"
    }
  }
}
