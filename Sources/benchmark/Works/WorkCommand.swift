import ArgumentParser
import Glibc

/// The worker on our side: does one work once for each line of standard input, as `worker.py` does.
struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Do one work again and again.", shouldDisplay: false)

  @Argument var name: String

  func run() throws {
    guard let work = Work.all.first(where: { $0.name == name }) else {
      throw ValidationError("There is no work '\(name)'.")
    }
    let perform = try work.prepare()
    _ = try perform(0)()
    print("ready")
    fflush(nil)
    var seed: UInt64 = 0
    while readLine() != nil {
      seed += 1
      let start = (ContinuousClock.now, Usage.own)
      let check = try perform(seed)
      let end = (ContinuousClock.now, Usage.own)
      let seconds = (end.0 - start.0) / .seconds(1)
      print(seconds, end.1.processorSeconds - start.1.processorSeconds, end.1.peakBytes, check())
      fflush(nil)
    }
  }
}
