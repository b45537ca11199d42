extension Schedule {
  /// beta_t / alpha_t, the noise level of x_t / alpha_t; infinite where there is no data in x_t.
  @inlinable
  public func noiseLevel<T: RealNumber>(_ t: T) -> T { beta(t) / alpha(t) }

  /// The time at which beta_t / alpha_t is `level`, from those of t = 0 to t = 1, between which it must fall; by
  /// bisection, to the last bits of t.
  public func time(ofNoiseLevel level: Double) -> Double {
    let (most, least) = (noiseLevel(0.0), noiseLevel(1.0))
    precondition(
      level <= most && level >= least,
      "no time has the noise level \(level): they go from \(most) to \(least)")
    var (noisy, clean) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (noisy + clean) / 2
      if noiseLevel(middle) > level { noisy = middle } else { clean = middle }
    }
    return clean
  }
}

extension TimeGrid {
  /// The times at which beta_t / alpha_t has the given levels, which must fall. So samplers made for one schedule's
  /// levels run on a model of another:
  ///
  ///     let levels = KarrasSchedule(deviations: 0.002...80).levels(18)
  ///     let grid = TimeGrid(noiseLevels: levels, of: VariancePreservingSchedule(rates: 0.1...20))
  ///
  /// Levels in geometric progression are equal steps of the logarithmic signal-to-noise ratio, which DPM-Solver++ is best
  /// served with.
  /// Source: T. Karras et al., "Elucidating the design space of diffusion-based generative models", NeurIPS 2022,
  /// appendix C.
  public init(noiseLevels levels: [Double], of schedule: some Schedule) {
    self.init(levels.map { schedule.time(ofNoiseLevel: $0) })
  }
}
