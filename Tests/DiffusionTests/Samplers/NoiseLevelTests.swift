import Diffusion
import RealModule
import Testing

@Suite struct NoiseLevelTests {
  static let levels = KarrasSchedule(deviations: 0.02...30, rho: 5).levels(12)

  /// Levels are found again to the condition of the schedule at that time.
  @Test func timesHaveTheirLevels() {
    func check(_ schedule: some Schedule) {
      let times = TimeGrid(noiseLevels: Self.levels, of: schedule).times
      #expect(times.last == 1)
      let found = times.map { schedule.noiseLevel($0) }
      #expect(Exact.gap(found, Self.levels, scale: 1e-3) < 1e-11, "\(schedule)")
    }
    check(LinearSchedule())
    check(VariancePreservingSchedule(rates: 0.3...17))
    check(CosineSchedule(offset: 0.008))
    check(SubVariancePreservingSchedule(rates: 0.3...17))
    // For the linear schedule beta / alpha = (1 - t) / t.
    #expect(abs(LinearSchedule().time(ofNoiseLevel: 3) - 0.25) < 1e-15)
  }

  /// EDM's method and DPM-Solver++ step in x / alpha between noise levels: under any schedule they do the same.
  @Test func samplersOfLevelsDoNotSeeTheSchedule() {
    let noise = Batch<Double>.normals(count: 6, dimension: 2, from: RandomStream(seed: 3))
    func ends(_ schedule: some Schedule, _ times: TimeGrid, _ solver: some Solver) -> Batch<Double> {
      var start = noise
      start.scale(by: 30 * schedule.alpha(times.times[0]))
      let flow = GaussianPath(schedule: schedule).marginal(over: Examples.plane).flow
      return simulate(flow, from: start, by: solver, times: times).final
    }
    func check(_ solver: some Solver) {
      let exploding = VarianceExplodingSchedule(deviations: 0.01...50)
      let preserving = VariancePreservingSchedule(rates: 0.3...17)
      let a = ends(exploding, TimeGrid(noiseLevels: Self.levels, of: exploding), solver)
      let b = ends(preserving, TimeGrid(noiseLevels: Self.levels, of: preserving), solver)
      // Data of sixteen steps, each with the rounding of a level.
      for i in 0..<6 { #expect((a[i] - b[i]).largestMagnitude < 1e-9, "\(a[i]), \(b[i])") }
    }
    check(EDMHeun())
    check(DPMSolver())
    check(DDIM())
  }
}
