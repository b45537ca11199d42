import Diffusion
import RealModule
import Testing

@Suite struct TimeSamplingTests {
  let stream = RandomStream(seed: 31)

  /// In single precision this range holds three numbers between its ends, and rounding would give the ends too.
  @Test(arguments: [TimeSampling.uniform(0.5...0.50000024), .stratified(0.5...0.50000024)])
  func endsAreNotMet(law: TimeSampling) {
    var times = [Float](repeating: 0, count: 1000)
    law.fill(&times, from: stream)
    #expect(times.allSatisfy { $0 > 0.5 && $0 < Float(0.50000024) })
    #expect(Set(times).count == 3)
  }

  /// Sorted, stratified times are evenly apart, and the first is within one part of the beginning.
  @Test func stratifiedTimesCoverTheRange() {
    var times = [Double](repeating: 0, count: 64)
    TimeSampling.stratified(0.2...0.9).fill(&times, from: stream)
    let sorted = times.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { abs($1 - $0 - 0.7 / 64) < 1e-15 })
    #expect(sorted[0] - 0.2 < 0.7 / 64)
  }

  /// The logit of a logit-normal time is N(mean, deviation^2): its moments within five standard errors.
  @Test func logitNormalTimes() {
    let n = 20_000
    var times = [Double](repeating: 0, count: n)
    TimeSampling.logitNormal(mean: 0.3, deviation: 1.4).fill(&times, from: stream)
    let logits = MeanEstimate(count: n) { Double.log(times[$0] / (1 - times[$0])) }
    #expect(abs(logits.value - 0.3) < 5 * logits.standardError)
    #expect(abs(logits.standardError * Double(n).squareRoot() - 1.4) < 5 * 1.4 / Double(2 * n).squareRoot())
  }
}
