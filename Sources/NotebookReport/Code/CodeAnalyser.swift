import Foundation
import Synchronization

/// Analyses code, each piece once: what is known is kept in memory and on disk.
final class CodeAnalyser: Sendable {
  private let cache: DiskCache
  private let known = Mutex<[String: CodeAnalysis]>([:])

  init(cacheFolder: String) { cache = DiskCache(folder: cacheFolder) }

  /// - Parameter shown: the part that the page shows, as UTF-8 offsets.
  func analysis(of code: String, shown: Range<Int>) -> CodeAnalysis {
    let key = "swift 3 \(shown)\n" + code
    if let found = known.withLock({ $0[key] }) { return found }
    let found = kept(key) ?? analyse(code, shown, key)
    known.withLock { $0[key] = found }
    return found
  }

  func analysis(of code: String) -> CodeAnalysis { analysis(of: code, shown: 0..<code.utf8.count) }

  private func kept(_ key: String) -> CodeAnalysis? {
    guard let text = cache.text(for: key) else { return nil }
    return try? JSONDecoder().decode(CodeAnalysis.self, from: Data(text.utf8))
  }

  private func analyse(_ code: String, _ shown: Range<Int>, _ key: String) -> CodeAnalysis {
    let analysis = CodeAnalysis(code, shown: shown)
    if let data = try? JSONEncoder().encode(analysis) {
      cache.keep(String(decoding: data, as: UTF8.self), for: key)
    }
    return analysis
  }
}
