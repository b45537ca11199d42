import Foundation
import NotebookReport

/// Pages as browsers get them: with the script that follows the server.
enum LivePages {
  static func html(_ page: Page) -> String {
    page.html(
      with: """
        <style class="live-style">
        \(String(decoding: PackageResources.live_css, as: UTF8.self))</style>
        <script>
        \(String(decoding: PackageResources.morph_js, as: UTF8.self))</script>
        <script>
        \(String(decoding: PackageResources.live_js, as: UTF8.self))</script>

        """)
  }

  /// Two notebooks side by side.
  static func beside(_ left: String, _ right: String) -> String {
    let frames = [left, right].map { name in
      "<iframe src=\"../../\(percentEncoded(name)).html\" title=\"\(escaped(name))\"></iframe>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>\(escaped(left)) | \(escaped(right))</title>
      <style>
      body { margin: 0; display: flex; height: 100vh; }
      iframe { flex: 1; border: 0; min-width: 0; }
      iframe + iframe { border-left: 1px solid #8886; }
      </style>
      </head>
      <body>
      \(frames.joined())</body>
      </html>

      """
  }

  static func percentEncoded(_ name: String) -> String {
    name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-_.")))
      ?? name
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
