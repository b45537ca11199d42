import Testing

@testable import Plotting

@Suite struct TicksTests {
  @Test(arguments: [
    (0.0, 1.0, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 100, 5, [0, 25, 50, 75, 100]),
    (-1, 1, 5, [-1, -0.5, 0, 0.5, 1]),
    (0, 10, 3, [0, 5, 10]), (1e-9, 5e-9, 5, [1e-9, 2e-9, 3e-9, 4e-9, 5e-9]),
  ])
  func knownAxes(low: Double, high: Double, count: Int, ticks: [Double]) {
    let found = Ticks.linear(low, high, count: count)
    #expect(found.count == ticks.count, "\(found)")
    for (a, b) in zip(found, ticks) { #expect(abs(a - b) < 1e-9 * (high - low)) }
  }

  /// Whatever the range: ticks are inside, even, about as many as wanted, and multiples of a round number.
  @Test(arguments: [-1e12, -37, -0.2, 0, 1e-7, 3.3, 1e9], [1e-12, 0.037, 1, 7.7, 1e5, 3e13])
  func ticksAreSound(low: Double, span: Double) {
    guard span > abs(low) * 1e-9 else { return }
    for count in 2...10 {
      let ticks = Ticks.linear(low, low + span, count: count)
      #expect(ticks.count >= 2 && ticks.count <= 2 * count + 1, "\(low) \(span) \(count): \(ticks)")
      #expect(ticks.allSatisfy { $0 >= low - 1e-9 * span && $0 <= low + span * (1 + 1e-9) })
      let step = ticks[1] - ticks[0]
      for (a, b) in zip(ticks, ticks.dropFirst()) { #expect(abs(b - a - step) < 1e-6 * span) }
      let inSteps = ticks[0] / step
      #expect(abs(inSteps - inSteps.rounded()) < 1e-3 || abs(2 * inSteps - (2 * inSteps).rounded()) < 1e-3)
    }
  }

  @Test(arguments: [(1e300, 1.7e307), (-8e307, 8e307), (0, 1e-280)])
  func limitsOfDouble(low: Double, high: Double) {
    let ticks = Ticks.linear(low, high, count: 5)
    #expect(ticks.count >= 3 && ticks.allSatisfy(\.isFinite))
  }

  @Test func decades() {
    let (major, minor) = Ticks.logarithmic(1e-3, 1e3, count: 8)
    #expect(major.count == 7)
    #expect(zip(major, [1e-3, 1e-2, 1e-1, 1, 10, 100, 1000]).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    #expect(minor.count == 6 * 8)
    let many = Ticks.logarithmic(1e-20, 1e20, count: 6)
    #expect(many.major.count <= 7 && many.major.contains(1))
  }

  @Test(arguments: [
    ([0.0, 0.5, 1], ["0.0", "0.5", "1.0"], ""), ([-2, 0, 2], ["−2", "0", "2"], ""),
    ([0, 1e6, 2e6], ["0", "1", "2"], "$\\times 10^{6}$"), ([2e-7, 4e-7], ["2", "4"], "$\\times 10^{-7}$"),
    ([1234567.1, 1234567.2], ["7.1", "7.2"], "$+1.23456 \\times 10^{6}$"), ([5], ["5"], ""),
    ([0, 0.25, 0.5], ["0.00", "0.25", "0.50"], ""), ([100, 200, 300], ["100", "200", "300"], ""),
  ])
  func labels(ticks: [Double], labels: [String], common: String) {
    let found = TickLabels(ticks, .linear)
    #expect(found.labels == labels)
    #expect(found.common == common)
  }

  @Test func logarithmicLabels() {
    #expect(TickLabels([0.01, 0.1, 1], .log).labels == ["0.01", "0.1", "1"])
    #expect(TickLabels([1e-5, 1e-4, 1e2], .log).labels == ["$10^{-5}$", "$10^{-4}$", "$10^{2}$"])
    #expect(TickLabels([2e-5, 1e-4], .log).labels == ["$2 \\cdot 10^{-5}$", "$10^{-4}$"])
    // Less than a decade: even steps, labelled as such.
    #expect(TickLabels([20, 40, 60], .log).labels == ["20", "40", "60"])
  }
}
