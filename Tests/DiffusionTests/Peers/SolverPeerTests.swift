import Diffusion
import RealModule
import Testing

/// diffrax 0.7.2, torchdiffeq 0.2.5 and torch 2.15.0.
@Suite struct SolverPeerTests {
  static let dopri5Step = [99.66175057681906, -120.4520471193201]
  static let dopri5Error = [-6.733053789934398e-07, -5.603541145284492e-07]
  static let dopri5Path = [
    1.6006766919145234, 1.9559943135987872, 2.6334875282315418, 2.0252979634861017, 4.421051532342674,
    2.3768655802078364,
  ]
  static let linear = [
    0.4051149986938821, 1.6220720827846131, 0.8320952439732552, -1.9029822059351182, -0.42560662685819256,
    -1.9965721637978147,
  ]
  static let polynomial = [
    0.4089353417375961, 1.5769225140083336, 0.7963660642759468, -1.8587394454917059, -0.46257063792461645,
    -2.0024998606606346,
  ]
  static let trigonometric = [
    0.43321484021624945, 1.737227582298733, 0.9066237464131156, -2.040827279099878, -0.4206715007898595,
    -2.093225835752782,
  ]
  static let cosine = [
    0.43909429951467777, 1.7354165530906442, 0.9050671540900519, -2.037739862084115, -0.42386294624732446,
    -2.0877041305947746,
  ]
  static let variancePreserving = [
    0.6038940798281753, 1.636471828394585, 0.8801978798460329, -1.9948268249500953, -0.48426807932882093,
    -2.018573745277064,
  ]
  static let subVariancePreserving = [
    0.43250968853097144, 1.5902970874785962, 0.8796648963208428, -1.988209545729506, -0.37976873580347237,
    -2.08112809033279,
  ]
  static let varianceExploding = [
    0.1501511143028023, 1.1446297922671027, 0.6716253855821002, -1.1725387731775117, -0.4759315658732938,
    0.12190999288550983,
  ]
  static let karras = [
    0.09322838417134614, 0.9641054898626108, 0.7417976131917527, -1.2597237366969185, -0.27894739707662286,
    -0.021012318784607284,
  ]

  static let wave = ClosureField<Pair<Double>> { y, t in
    Pair(
      Double.sin(y.second) + 0.2 * t, Double.sin(0.1 * y.first) - 0.5 * Double.sin(0.3 * y.second) / (1 + t))
  }

  /// One step of `diffrax.Dopri5`: the state is so large beside the slope that the first step reaches the end. Its
  /// embedded error decides whether a step is taken: with a tolerance a thousandth above it is, a thousandth below not.
  /// The error is half as large again as theirs: diffrax and torchdiffeq take two thirds of the published difference.
  @Test(arguments: [1.001, 0.999])
  func oneStep(share: Double) {
    let tolerance = Tolerance(absolute: share * 1.5 * abs(Self.dopri5Error[0]), relative: 0)
    let run = simulate(
      ODE(Self.wave), from: Batch([Pair(100.0, -120)]), by: .dormandPrince(tolerance: tolerance),
      times: .uniform(from: 0.1, to: 0.6, steps: 1))
    // One evaluation at the start and six a step.
    guard share > 1 else {
      #expect(run.evaluations > 7)
      return
    }
    #expect(run.evaluations == 7)
    // Rounding of numbers near 100.
    #expect(Peer.gap(run.final.elements, Self.dopri5Step) < 1e-14)
  }

  /// A path at times within its steps, by torchdiffeq's dopri5 to 1e-12; ours to 1e-9, so to some 1e-8 overall.
  @Test func denseOutput() {
    let run = simulate(
      ODE(Self.wave), from: Batch([Pair(1.0, 2)]),
      by: .dormandPrince(tolerance: Tolerance(absolute: 1e-9, relative: 1e-9)),
      times: TimeGrid([0.1, 0.7, 1.6, 3]), saving: .every(1))
    #expect(run.outcome == .completed)
    #expect(Peer.gap(run.states.dropFirst().flatMap(\.elements), Self.dopri5Path) < 2e-8)
  }

  /// The flow of a mixture with full covariances: there the score is torch's derivative of its log-density, and
  /// alpha', beta' are torch's too; both integrate to 1e-11.
  @Test func flowsOfAMixture() {
    expect(.linear, Self.linear)
    expect(.polynomial(dataPower: 1.5, noisePower: 2.2), Self.polynomial)
    expect(.trigonometric, Self.trigonometric)
    expect(.cosine(), Self.cosine)
    expect(.variancePreserving(0.3...17), Self.variancePreserving)
    expect(.subVariancePreserving(0.3...17), Self.subVariancePreserving)
    expect(.varianceExploding(0.02...30), Self.varianceExploding, from: 0.4)
    expect(KarrasSchedule(deviations: 0.01...20), Self.karras, from: 0.4)
  }

  func expect(_ schedule: some Schedule, _ values: [Double], from start: Double = 0.05) {
    let flow = GaussianPath(schedule: schedule).marginal(over: Examples.plane).flow
    let run = simulate(
      flow, from: Batch(elements: Peer.cloud(3, 2, 1.3), dimension: 2),
      by: .dormandPrince(tolerance: Tolerance(absolute: 1e-12, relative: 1e-11)),
      times: .uniform(from: start, to: 0.9, steps: 1))
    #expect(Peer.gap(run.final.elements, values) < 1e-9, "\(schedule)")
  }
}
