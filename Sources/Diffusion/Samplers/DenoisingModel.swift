/// What the samplers by the denoiser share: the schedule, and the denoiser's evaluator for one block.
final class DenoisingModel<Scalar: MachineReal> {
  private let coefficients: (Double) -> (alpha: Double, beta: Double)
  private let denoiser: BatchFunction<Scalar>
  private(set) var evaluations = 0

  init(_ dynamics: some Dynamics, _ solver: String, count: Int, dimension: Int) {
    guard dynamics.noise == nil, let velocity = dynamics.drift as? any DenoisedVelocity else {
      preconditionFailure(
        "\(solver) integrates the flow of a denoising model: give it `marginal.flow`, or "
          + "`path.flow(of: model, predicting: ...)`")
    }
    func open<V: DenoisedVelocity>(_ velocity: V) -> (
      (Double) -> (alpha: Double, beta: Double), BatchFunction<Scalar>
    ) {
      let schedule = velocity.schedule
      return (
        { (schedule.alpha(unitTime($0)), max(0, schedule.variance(unitTime($0))).squareRoot()) },
        Scalar.evaluator(of: velocity.denoiser, count: count, dimension: dimension)
      )
    }
    (coefficients, denoiser) = open(velocity)
  }

  /// (alpha_t, beta_t).
  func schedule(_ t: Double) -> (alpha: Double, beta: Double) { coefficients(t) }

  /// D_t(x).
  func denoise(_ x: Batch<Scalar>, at t: Double, into out: inout Batch<Scalar>) {
    denoiser(x, at: Scalar(t), into: &out)
    evaluations += 1
  }

  /// The earlier time at which beta / alpha is `level`, a little more noise than at `t`; time 0 where there is
  /// never so much.
  func time(of level: Double, before t: Double) -> Double {
    func noise(_ t: Double) -> Double {
      let (alpha, beta) = coefficients(t)
      return beta / alpha
    }
    if !(noise(0) > level) { return 0 }
    var (noisy, clean) = (0.0, t)
    for _ in 0..<60 {
      let middle = (noisy + clean) / 2
      if noise(middle) > level { noisy = middle } else { clean = middle }
    }
    return (noisy + clean) / 2
  }
}

extension Step {
  /// Writes standard normals of the step's own: draw `number` of the `count` that a step needs. They are not
  /// increments of a path, so they come from a stream.
  public func fillNormals<T: MachineReal>(_ out: inout Batch<T>, draw number: Int = 0, of count: Int = 1) {
    guard let stream = brownian as? RandomStream else {
      preconditionFailure("this sampler draws more than Brownian increments: give it a RandomStream")
    }
    let place = UInt32(truncatingIfNeeded: index * count + number)
    out.fillNormals(from: stream.step(stream.step &+ place), startingAt: firstRow)
  }
}
