import Diffusion
import RealModule
import Testing

/// flow_matching 1.0.10, whose x_t = alpha_t x_1 + sigma_t x_0 has data at t = 1 as here.
@Suite struct PathPeerTests {
  static let condOT = [0.1, 0.35, 0.8, 0.9, 0.65, 0.19999999999999996, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0]
  static let cube = [
    0.0010000000000000002, 0.04287499999999999, 0.5120000000000001, 0.999, 0.957125, 0.4879999999999999,
    0.030000000000000006, 0.36749999999999994, 1.9200000000000004, -0.030000000000000006,
    -0.36749999999999994, -1.9200000000000004,
  ]
  static let preserving = [
    0.029695789823691164, 0.1554490117262493, 0.821190633312658, 0.9995589827852818, 0.9878439172021724,
    0.5706539614859041, 0.22761822899859277, 0.8670168629031556, 1.494566952629037, -0.0067622853726431904,
    -0.13643543493187804, -2.1507331328460864,
  ]
  static let quarter = [
    0.15643446504023087, 0.5224985647159488, 0.9510565162951535, 0.9876883405951378, 0.8526401643540922,
    0.30901699437494745, 1.5514572174249892, 1.339324038245205, 0.48540275968136665, -0.2457266830693193,
    -0.8207388262114179, -1.4939160823707778,
  ]
  static let targetToVelocity = [-0.2781186430858346, 0.3217917271481785, -3.4892581533740774]
  static let epsilonToVelocity = [14.567558266106193, -3.9248404649380983, 0.9065413257996533]
  static let velocityToTarget = [-5.24654938742016, 0.2754732068658305, 1.7345713933570175]
  static let epsilonToTarget = [63.96431247054924, -4.479624331011843, 1.7577853086174828]
  static let velocityToEpsilon = [0.8561780171528723, -0.448271260320699, 0.8334056206755673]
  static let targetToEpsilon = [0.73595951860547, -0.4521308434867514, 2.1782859267517383]
  static let changed = [
    2.048805658362859, 2.413624283859318, 0.554597026491811, -0.4291311993731453, -0.6725614141892852,
    -0.5178721733609701,
  ]

  static let times = [0.1, 0.35, 0.8]

  /// CondOTScheduler, PolynomialConvexScheduler(3), VPScheduler(0.3, 17) and CosineScheduler.
  @Test func schedules() {
    func expect(_ schedule: some Schedule, _ values: [Double]) {
      let found =
        Self.times.map { schedule.alpha($0) } + Self.times.map { schedule.beta($0) }
        + Self.times.map { schedule.alphaDerivative($0) } + Self.times.map { schedule.betaDerivative($0) }
      #expect(Peer.gap(found, values) < 1e-14, "\(schedule)")
    }
    expect(.linear, Self.condOT)
    expect(Cube(), Self.cube)
    expect(.variancePreserving(0.3...17), Self.preserving)
    expect(.trigonometric, Self.quarter)
  }

  /// t^3 and 1 - t^3, which the library does not have.
  struct Cube: Schedule {
    func alpha<T: RealNumber>(_ t: T) -> T { t * t * t }
    func beta<T: RealNumber>(_ t: T) -> T { 1 - t * t * t }
  }

  /// The conversions of AffineProbPath.
  @Test func predictions() {
    let path = GaussianPath(schedule: .variancePreserving(0.3...17))
    let (x, value) = ([0.7, -0.4, 1.9], [-1.2, 0.3, 0.8])
    func expect(_ source: Prediction, _ target: Prediction, _ values: [Double]) {
      let found = (0..<3).map { path.convert(value[$0], from: source, to: target, at: x[$0], Self.times[$0]) }
      // Their tables divide in another order.
      #expect(Peer.gap(found, values) < 1e-12, "\(source) to \(target)")
    }
    expect(.data, .velocity, Self.targetToVelocity)
    expect(.noise, .velocity, Self.epsilonToVelocity)
    expect(.velocity, .data, Self.velocityToTarget)
    expect(.noise, .data, Self.epsilonToTarget)
    expect(.velocity, .noise, Self.velocityToEpsilon)
    expect(.data, .noise, Self.targetToEpsilon)
  }

  /// ScheduleTransformedModel.
  @Test func changeOfSchedule() {
    struct Model: Field {
      func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
        P(count: x.count) { P.Scalar.sin(1.3 * x[$0]) * (1 + t) - 0.4 * x[$0] }
      }
    }
    let change = ScheduleChange(Model(), from: LinearSchedule(), to: CosineSchedule(offset: 0))
    let points = Batch(elements: Peer.cloud(3, 2, 1.1), dimension: 2)
    let found = (0..<3).flatMap { change(points[$0], at: Self.times[$0]).coordinates }
    #expect(Peer.gap(found, Self.changed) < 1e-13)
  }
}
