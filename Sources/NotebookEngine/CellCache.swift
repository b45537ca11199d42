public import Foundation
import Glibc

/// The folder of compiled cells as a whole.
public enum CellCache {
  /// Removes the entries that have not been used for longest, when there are too many.
  ///
  /// A cell takes about 50 kB, and every edit makes one.
  public static func prune(_ folder: URL, keeping limit: Int = 4000) {
    let manager = FileManager.default
    // Drafts, whose names begin with a dot, belong to runs that are under way.
    let names = ((try? manager.contentsOfDirectory(atPath: folder.path)) ?? []).filter { !$0.hasPrefix(".") }
    guard names.count > limit else { return }
    let used = names.map { name -> (name: String, time: Int) in
      var status = stat()
      return (name, stat(folder.appending(path: name).path, &status) == 0 ? status.st_mtim.tv_sec : 0)
    }
    for entry in used.sorted(by: { $0.time < $1.time }).prefix(names.count - limit * 3 / 4) {
      try? manager.removeItem(at: folder.appending(path: entry.name))
    }
  }
}
