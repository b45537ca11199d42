/// A process that does one work whenever it is asked, and sleeps in between.
final class Worker {
  private var process: RunningProcess
  private let name: String

  init(_ child: ChildProcess, name: String) throws(MeasuringError) {
    self.name = name
    process = try RunningProcess(child)
    guard process.readLine() == "ready" else { throw MeasuringError("\(name) ended before its first work") }
  }

  func work() throws(MeasuringError) -> Sample {
    guard process.writeLine("go"), let answer = process.readLine() else {
      throw MeasuringError("\(name) ended while it worked")
    }
    let numbers = answer.split(separator: " ").compactMap { Double($0) }
    guard numbers.count == 4 else { throw MeasuringError("\(name) answered '\(answer)'") }
    return Sample(
      seconds: numbers[0], processorSeconds: numbers[1], peakBytes: Int(numbers[2]), check: numbers[3])
  }
}
