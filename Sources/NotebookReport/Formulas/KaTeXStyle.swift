import Foundation

/// The part of KaTeX's style sheet that some formulas need, with the fonts that it names.
struct KaTeXStyle {
  let installation: KaTeXInstallation

  /// The rules for these classes and the fonts that they name, as data URLs (woff2 only).
  ///
  /// A rule is kept when one of its selectors has no class that is not used. A font is kept when a
  /// kept rule asks for its family, weight and style. O(style sheet).
  func css(for classes: Set<String>) -> String {
    guard let sheet = installation.file("katex.min.css") else { return "" }
    let used = classes.union(["katex"])
    var rules = ""
    var faces: [[String: String]] = []
    var wanted: Set<FontFace> = [FontFace(family: "KaTeX_Main", isBold: false, isItalic: false)]
    for rule in Self.rules(in: String(decoding: sheet, as: UTF8.self)) {
      if rule.selectors == "@font-face" {
        faces.append(rule.declarations)
        continue
      }
      let selectors = rule.selectors.split(separator: ",")
        .filter { selector in Self.classNames(in: selector).allSatisfy { used.contains(String($0)) } }
      if selectors.isEmpty || rule.selectors.contains("katex-version") { continue }
      rules += selectors.joined(separator: ",") + "{" + rule.body + "}\n"
      wanted.formUnion(FontFace.wanted(by: rule.declarations))
    }
    let fonts = faces.compactMap { face -> String? in
      let name = FontFace(face)
      guard wanted.contains(name), let file = Self.woff2(in: face["src"] ?? ""),
        let bytes = installation.file(file)
      else { return nil }
      return """
        @font-face{font-family:\(name.family);font-weight:\(name.isBold ? 700 : 400);\
        font-style:\(name.isItalic ? "italic" : "normal");\
        src:url(\(dataURL(bytes, mediaType: "font/woff2"))) format("woff2")}

        """
    }
    return fonts.joined() + rules
  }

  /// `url(fonts/x.woff2)`: the file's name.
  private static func woff2(in source: String) -> String? {
    source.split(separator: ",").lazy
      .compactMap { $0.split(separator: ")").first?.split(separator: "(").last }
      .first { $0.hasSuffix(".woff2") }.map(String.init)
  }

  private static func classNames(in selector: Substring) -> [Substring] {
    selector.split { " >+~".contains($0) }.flatMap { compound in
      compound.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
        .map { $0.prefix { $0 != ":" && $0 != "[" } }
    }
  }

  private struct Rule {
    var selectors: String
    var body: String
    var declarations: [String: String] {
      var result: [String: String] = [:]
      for declaration in body.split(separator: ";") {
        let parts = declaration.split(separator: ":", maxSplits: 1)
        if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
      }
      return result
    }
  }

  /// The flat rules of a sheet; KaTeX nests none.
  private static func rules(in sheet: String) -> [Rule] {
    sheet.split(separator: "}").compactMap { text in
      let parts = text.split(separator: "{", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return Rule(
        selectors: parts[0].trimmingCharacters(in: .whitespacesAndNewlines), body: String(parts[1]))
    }
  }
}

/// A font of a family.
private struct FontFace: Hashable {
  var family: String
  var isBold: Bool
  var isItalic: Bool
}

extension FontFace {
  init(_ face: [String: String]) {
    family = face["font-family"]?.trimmingCharacters(in: ["\"", "'", " "]) ?? ""
    isBold = ["700", "bold"].contains(face["font-weight"])
    isItalic = face["font-style"] == "italic"
  }

  /// The fonts that a rule's declarations ask for. Without a family they speak of text, set in Main.
  static func wanted(by declarations: [String: String]) -> [FontFace] {
    let isBold = declarations["font-weight"] == "700"
    let isItalic = declarations["font-style"] == "italic"
    let families = (declarations["font-family"] ?? declarations["font"] ?? "").split { " ,".contains($0) }
      .filter { $0.hasPrefix("KaTeX_") }.map(String.init)
    if families.isEmpty {
      return isBold || isItalic ? [FontFace(family: "KaTeX_Main", isBold: isBold, isItalic: isItalic)] : []
    }
    return families.map { FontFace(family: $0, isBold: isBold, isItalic: isItalic) }
  }
}

/// `data:image/png;base64,...`
func dataURL(_ bytes: [UInt8], mediaType: String) -> String {
  "data:\(mediaType);base64," + Data(bytes).base64EncodedString()
}
