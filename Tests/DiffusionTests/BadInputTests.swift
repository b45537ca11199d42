import Diffusion
import RealModule
import Testing

/// What cannot be computed stops with words that say why, rather than going on with a number that is none.
///
/// The calls are in tables, `BadInput/`; to add one is to add a line.
@Suite struct BadInputTests {
  @Test func distributions() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      DistributionRefusals.laws.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func points() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      DistributionRefusals.points.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func timesOutside() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      TimeRefusals.outside.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func timesOfPaths() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      TimeRefusals.users.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func singularEnds() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      TimeRefusals.singularEnds.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func simulations() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      SimulationRefusals.simulations.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func solversAndTerms() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      SimulationRefusals.solversAndTerms.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func processes() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      ProcessRefusals.processes.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func learning() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      LearningRefusals.learning.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func transport() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      TransportRefusals.transport.report()
    }
    expectNoComplaint(of: result)
  }

  @Test func numbers() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      NumberRefusals.numbers.report()
    }
    expectNoComplaint(of: result)
  }

  /// What is not a number is not taken for 0.
  @Test func notNumbers() {
    for x in [Vector([0.1, .nan]), Vector([.nan, 0.1])] {
      #expect(x.largestMagnitude.isNaN && Pair(x[0], x[1]).largestMagnitude.isNaN)
      #expect(InlineVector(count: 2) { x[$0] }.largestMagnitude.isNaN)
      #expect(Dual(x[0], x[1]).largestMagnitude.isNaN)
    }
    let mean = MeanEstimate(count: 3) { $0 == 1 ? .nan : 0 }
    #expect(mean.value.isNaN && mean.standardError.isNaN)
    let integral = integrate(over: 0...1) { u in Vector([u, u > 0.5 ? .nan : 0]) }
    guard case .notFinite = integral.outcome else {
      Issue.record("an integrand of which one coordinate is NaN: \(integral.outcome)")
      return
    }
    let middle = integrateTanhSinh(over: 0...1) { u in u == 0.5 ? Double.nan : u }
    #expect(middle.outcome == .notFinite(at: 0.5))
  }
}
