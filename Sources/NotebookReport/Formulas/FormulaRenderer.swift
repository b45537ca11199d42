import Foundation
import NotebookModel
import Synchronization

/// Sets formulas by KaTeX: HTML for the eye and MathML for the ear.
///
/// Formulas are kept on disk, so that KaTeX (74 ms to load, 3 ms a formula) is asked for new ones only.
final class FormulaRenderer: Sendable {
  /// TeX that KaTeX does not take.
  struct Failure: Error, Hashable {
    var message: String
    /// UTF-8 offset in the TeX; nil where KaTeX names none.
    var offset: Int?
  }

  private struct State: ~Copyable {
    var engine: JavaScript?
    var rendered: [String: Result<Formula, Failure>] = [:]
  }

  let installation: KaTeXInstallation
  private let cache: DiskCache
  private let fingerprint: String
  private let state = Mutex(State())

  /// - Throws: a diagnostic where KaTeX is not installed.
  init(cacheFolder: String) throws(Diagnostic) {
    guard let installation = KaTeXInstallation.find() else {
      throw Diagnostic(file: "KaTeX", "is not installed", hint: KaTeXInstallation.hint)
    }
    self.installation = installation
    fingerprint = installation.fingerprint
    cache = DiskCache(folder: cacheFolder)
  }

  /// A formula as KaTeX sets it.
  func formula(_ tex: String, isDisplay: Bool) throws(Failure) -> Formula {
    // The number changes with what we make of KaTeX's answer.
    let key = "\(fingerprint) 5\n\(isDisplay ? "display" : "inline")\n\(tex)"
    let result = state.withLock { state -> Result<Formula, Failure> in
      if let known = state.rendered[key] { return known }
      let result: Result<Formula, Failure>
      if let kept = cache.text(for: key) {
        result = .success(Formula(stored: kept))
      } else {
        result = render(tex, isDisplay, &state.engine)
        if case .success(let formula) = result { cache.keep(formula.stored, for: key) }
      }
      state.rendered[key] = result
      return result
    }
    return try result.get()
  }

  /// The style sheet for some classes, with its fonts.
  func style(for classes: Set<String>) -> String {
    let key = "style 1 \(fingerprint)\n" + classes.sorted().joined(separator: " ")
    if let kept = cache.text(for: key) { return kept }
    let css = KaTeXStyle(installation: installation).css(for: classes)
    cache.keep(css, for: key)
    return css
  }

  private func render(_ tex: String, _ isDisplay: Bool, _ engine: inout JavaScript?) -> Result<
    Formula, Failure
  > {
    do throws(JavaScript.Failure) {
      if engine == nil { engine = try load() }
      let answer = try engine!.call("renderFormula", (isDisplay ? "D" : "I") + tex)
      // "H" and HTML, or "E", the UTF-16 offset or nothing, a blank, and the message.
      if answer.first == "H" { return .success(Formula(html: String(answer.dropFirst()))) }
      let parts = answer.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      let offset = Int(parts[0]).map { String(decoding: tex.utf16.prefix($0), as: UTF16.self).utf8.count }
      return .failure(Failure(message: String(parts.last ?? ""), offset: offset))
    } catch {
      return .failure(Failure(message: "KaTeX stopped: \(error.message)"))
    }
  }

  private func load() throws(JavaScript.Failure) -> JavaScript {
    let engine = try JavaScript()
    guard let katex = installation.file("katex.js") else {
      throw JavaScript.Failure(message: "cannot read \(installation.folder)/katex.js")
    }
    try engine.run(PackageResources.polyfill_js)
    try engine.run(katex)
    try engine.run(PackageResources.formula_js)
    return engine
  }
}
