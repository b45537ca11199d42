/// A page of HTML in pieces.
public struct Page: Hashable, Sendable {
  /// In plain words.
  public var title: String
  public var language: String
  /// More elements of the head.
  var metadata: String
  /// What formulas need of KaTeX's style sheet.
  var formulaStyle: String
  /// What stands in the body, piece after piece. Those within `main` are whole elements. Where nothing has
  /// changed in what a piece shows, it is equal to that of an earlier page.
  public var body: [String]

  /// A page without a notebook.
  public init(title: String, language: String = "en", body: [String]) {
    self.init(title: title, language: language, metadata: "", formulaStyle: "", body: body)
  }

  init(title: String, language: String, metadata: String, formulaStyle: String, body: [String]) {
    self.title = title
    self.language = language
    self.metadata = metadata
    self.formulaStyle = formulaStyle
    self.body = body
  }

  /// The style sheet that the page carries.
  public var style: String { String(decoding: PackageResources.page_css, as: UTF8.self) + formulaStyle }

  /// The whole page.
  ///
  /// - Parameter addition: HTML that comes last in the body.
  public func html(with addition: String = "") -> String {
    """
    <!DOCTYPE html>
    <html lang="\(escaped(language))">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(title))</title>
    \(metadata)<meta name="generator" content="Flowbook">
    <meta name="color-scheme" content="light dark">
    <style>
    \(style)</style>
    <link rel="stylesheet" href="\(dataURL(PackageResources.modern_css, mediaType: "text/css"))">
    </head>
    <body>
    <a class="skip" href="#page.text">Skip to the text</a>
    \(body.joined())<script>
    \(String(decoding: PackageResources.page_js, as: UTF8.self))</script>
    \(addition)</body>
    </html>

    """
  }
}
