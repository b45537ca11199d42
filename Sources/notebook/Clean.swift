import ArgumentParser
import Foundation

struct Clean: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove compiled cells and set formulas; the next run makes them again.",
    discussion:
      "They lie in the folder that the environment variable FLOWBOOK_CACHE names, or in .build/notebook.")

  func run() throws {
    guard FileManager.default.fileExists(atPath: Places.root.path) else { return }
    do { try FileManager.default.removeItem(at: Places.root) } catch {
      Terminal.complain("\(Places.root.path): error: cannot be removed: \(error.localizedDescription)")
      throw ExitStatus.cannotWrite.code
    }
  }
}
