/// A linear process tied at both ends: X_start = from, X_end = to. Brownian bridges, Ornstein-Uhlenbeck
/// bridges, and those of any other linear process.
///
/// At a time s between, the law is normal: with F, o, V the factors, offsets and variances of the process, and
/// K = V(start, s) F(s, end) / V(start, end),
///
///     mean      m_s + K (to - E[X_end]),   m_s = F(start, s) from + o(start, s)
///     variance  V(start, s) (1 - K F(s, end)) = V(start, s) V(s, end) / V(start, end)
///
/// For Brownian motion of deviation sigma on [0, 1]: from + s (to - from), and sigma^2 s (1 - s).
/// Source: I. Karatzas, S. Shreve, *Brownian Motion and Stochastic Calculus*, section 5.6.B; S. Sarkka, A.
/// Solin, *Applied Stochastic Differential Equations*, section 7.5.
public struct Bridge<L: LinearProcess>: Sendable {
  public let process: L
  public let from: Vector<Double>
  public let to: Vector<Double>

  /// [start, end].
  public let times: ClosedRange<Double>

  /// Ends of one dimension, over an interval of positive length on which the process has noise.
  public init(
    of process: L, from: Vector<Double>, to: Vector<Double>, over times: ClosedRange<Double> = 0...1
  ) {
    precondition(
      from.count == to.count && from.count > 0 && times.lowerBound < times.upperBound
        && (times.upperBound - times.lowerBound).isFinite && from.largestMagnitude.isFinite
        && to.largestMagnitude.isFinite,
      "a bridge from \(from) to \(to) over \(times)")
    precondition(
      process.variance(from: times.lowerBound, to: times.upperBound) > 0,
      "a process without noise over \(times) cannot be tied at its end")
    self.process = process
    self.from = from
    self.to = to
    self.times = times
  }

  /// On the line.
  public init(of process: L, from: Double, to: Double, over times: ClosedRange<Double> = 0...1) {
    self.init(of: process, from: Vector([from]), to: Vector([to]), over: times)
  }

  /// E[X_s].
  public func mean(at s: Double) -> Vector<Double> {
    let (start, end) = requireTime(s)
    let now = process.mean(of: from, from: start, to: s)
    let miss = to - process.mean(of: from, from: start, to: end)
    return now + gain(s) * miss
  }

  /// Var[X_s], of each coordinate.
  public func variance(at s: Double) -> Double { covariance(s, s) }

  /// Cov(X_s, X_u), of each coordinate: V(start, s) F(s, u) V(u, end) / V(start, end) for s <= u.
  public func covariance(_ s: Double, _ u: Double) -> Double {
    let (start, end) = requireTime(s)
    _ = requireTime(u)
    let (s, u) = (min(s, u), max(s, u))
    return process.variance(from: start, to: s) * process.factor(from: s, to: u)
      * process.variance(from: u, to: end) / process.variance(from: start, to: end)
  }

  /// The law at time s; at the ends a point mass.
  public func law(at s: Double) -> Gaussian {
    Gaussian(mean: mean(at: s), deviation: max(0, variance(at: s)).squareRoot())
  }

  /// The equation of the bridge, the process conditioned on its end. Its drift is singular there: stop before.
  public var dynamics:
    SDE<
      ScoredField<LinearDrift<L>, LinearDiffusion<L>, HarmonicGradient<Endpoint<L>>>, LinearDiffusion<L>
    >
  {
    process.dynamics.conditioned(by: Endpoint(of: process, at: to, time: times.upperBound))
  }

  /// Paths of the bridge at increasing times within its own, sampled exactly: one batch a time.
  public func paths<T: MachineReal>(
    _ type: T.Type = T.self, count: Int, at grid: [Double], stream: RandomStream
  ) -> [Batch<T>] {
    precondition(count > 0, "\(count) paths of a bridge")
    precondition(
      zip(grid, grid.dropFirst()).allSatisfy { $0 < $1 } && grid.allSatisfy(times.contains),
      "times of a path must increase within \(times)")
    var here = Batch<Double>([Vector<Double>](repeating: from, count: count))
    var noise = here
    var s = times.lowerBound
    return grid.enumerated().map { index, u in
      // A bridge restarts from where it is, as a bridge to the same end.
      if u > s {
        noise.fillNormals(from: stream.step(stream.step &+ UInt32(index)))
        let rest = times.upperBound
        let total = process.variance(from: s, to: rest)
        let (early, late) = (process.variance(from: s, to: u), process.variance(from: u, to: rest))
        let gain = early * process.factor(from: u, to: rest) / total
        let deviation = (early * late / total).squareRoot()
        for row in 0..<count {
          let x = here[row]
          let miss = to - process.mean(of: x, from: s, to: rest)
          here[row] = process.mean(of: x, from: s, to: u) + gain * miss + deviation * noise[row]
        }
        s = u
      }
      return Batch(elements: here.elements.map { T($0) }, dimension: from.count)
    }
  }

  /// K.
  private func gain(_ s: Double) -> Double {
    let (start, end) = (times.lowerBound, times.upperBound)
    return process.variance(from: start, to: s) * process.factor(from: s, to: end)
      / process.variance(from: start, to: end)
  }

  private func requireTime(_ s: Double) -> (start: Double, end: Double) {
    precondition(times.contains(s), "s = \(s) is not within the bridge's times \(times)")
    return (times.lowerBound, times.upperBound)
  }
}
