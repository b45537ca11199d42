import Foundation
import Glibc

/// What the figures were taken on, and how busy it was.
enum Machine {
  static func describe() -> String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last ?? "unknown processor"
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let memory = Int((Double(ProcessInfo.processInfo.physicalMemory) / 1e9).rounded())
    return
      "\(processors) processors\(model.hasPrefix(" ") ? "," : ", ")\(model), \(memory) GB; \(load())"
  }

  /// How many processes wanted a processor during the last minute, on average.
  static func load() -> String {
    var averages = [Double](repeating: 0, count: 3)
    guard getloadavg(&averages, 3) == 3 else { return "load unknown" }
    return "load \(decimal(averages[0], 1))"
  }
}
