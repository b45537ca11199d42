public import RealModule

/// The discrete chain of denoising diffusion probabilistic models: x_0 is data, x_k for k = 1...N ever more
/// noise,
///
///     q(x_k | x_{k-1}) = N(sqrt(1 - b_k) x_{k-1}, b_k I)
///     q(x_k | x_0)     = N(sqrt(A_k) x_0, (1 - A_k) I),   A_k = prod_{j <= k} (1 - b_j)
///     q(x_{k-1} | x_k, x_0) = N(c_0 x_0 + c_k x_k, B_k I)
///     c_0 = sqrt(A_{k-1}) b_k / (1 - A_k),  c_k = sqrt(1 - b_k) (1 - A_{k-1}) / (1 - A_k),
///     B_k = b_k (1 - A_{k-1}) / (1 - A_k)
///
/// The paper writes beta_t for b_k and alpha-bar_t for A_k; in the house's notation alpha^2 = A_k, beta^2 = 1 - A_k.
/// Sampling ancestrally is `simulate(flow, by: .ddim(eta: 1), times: chain.times, stream:)`, the flow being
/// that of a model under `chain.schedule`: the step draws q(x_{k-1} | x_k, x_0) with the model's guess at x_0.
/// Source: J. Ho, A. Jain, P. Abbeel, "Denoising diffusion probabilistic models", NeurIPS 2020, equations
/// 2, 4, 6 and 7.
public struct DDPMChain: Sendable {
  /// b_k at index k - 1.
  public let rates: [Double]

  /// log A_k at index k, from A_0 = 1.
  let logSignals: [Double]

  /// 0 < b_k < 1.
  public init(rates: [Double]) {
    precondition(
      !rates.isEmpty && rates.allSatisfy { $0 > 0 && $0 < 1 }, "the noise rates must lie in (0, 1): \(rates)")
    self.rates = rates
    logSignals = rates.reduce(into: [0]) { $0.append($0.last! + Double.log(onePlus: -$1)) }
  }

  /// Rates that grow linearly; 1000 steps from 1e-4 to 0.02 are those of the paper.
  public static func linear(steps: Int = 1000, _ rates: ClosedRange<Double> = 1e-4...0.02) -> DDPMChain {
    precondition(steps > 1, "a chain with linear rates needs two steps, not \(steps)")
    let (low, high) = (rates.lowerBound, rates.upperBound)
    return DDPMChain(rates: (0..<steps).map { low + (high - low) * Double($0) / Double(steps - 1) })
  }

  /// The chain that visits a path at the given decreasing times, the first of which is that of the data:
  /// b_k = 1 - (alpha_k / alpha_{k-1})^2, but at most `cap`. The schedule must keep the variance, alpha^2 + beta^2 = 1.
  ///
  /// Source: A. Nichol, P. Dhariwal, "Improved denoising diffusion probabilistic models", ICML 2021, section 3.2, for the
  /// cap 0.999.
  public static func sampled(from schedule: some Schedule, at times: [Double], capping cap: Double = 0.999)
    -> DDPMChain
  {
    precondition(times.count > 1, "a chain needs two times or more, not \(times)")
    let signals = times.map { t in schedule.alpha(unitTime(t)) * schedule.alpha(unitTime(t)) }
    for (t, signal) in zip(times, signals) {
      precondition(abs(signal + schedule.variance(t) - 1) < 1e-9, "at t = \(t) alpha^2 + beta^2 is not 1")
    }
    precondition(
      !times.isEmpty && abs(signals[0] - 1) < 1e-9,
      "a chain starts from data: at its first time alpha must be 1")
    precondition(cap > 0 && cap < 1, "noise rates cannot be capped at \(cap): give a number within (0, 1)")
    return DDPMChain(rates: zip(signals, signals.dropFirst()).map { min(1 - $1 / $0, cap) })
  }

  /// N.
  public var steps: Int { rates.count }

  /// A_k, for k in 0...N.
  public func signal(_ k: Int) -> Double { Double.exp(logSignal(k)) }

  /// 1 - A_k, for k in 0...N.
  public func variance(_ k: Int) -> Double { -Double.expMinusOne(logSignal(k)) }

  private func logSignal(_ k: Int) -> Double {
    precondition(logSignals.indices.contains(k), "state \(k) of a chain of \(steps) steps")
    return logSignals[k]
  }

  /// The factors of q(x_{k-1} | x_k, x_0), for k in 1...N: those of x_0 and x_k in the mean, and the variance.
  public func posterior(_ k: Int) -> (data: Double, state: Double, variance: Double) {
    precondition((1...steps).contains(k), "step \(k) of a chain of \(steps)")
    let b = rates[k - 1]
    let (before, now) = (variance(k - 1), variance(k))
    return (
      Double.exp(logSignals[k - 1] / 2) * b / now, (1 - b).squareRoot() * before / now, b * before / now
    )
  }

  /// The mean of the reverse step where the noise is predicted (equation 11):
  /// (x_k - b_k / sqrt(1 - A_k) eps) / sqrt(1 - b_k).
  public func reverseMean<P: Point>(_ x: P, noise: P, _ k: Int) -> P {
    precondition((1...steps).contains(k), "step \(k) of a chain of \(steps)")
    let b = rates[k - 1]
    let scale = P.Scalar(1 / (1 - b).squareRoot())
    return scale * (x - P.Scalar(b / variance(k).squareRoot()) * noise)
  }

  /// The law of x_k for data of a known law, k in 0...N.
  public func law(of data: some MixtureRepresentable, _ k: Int) -> GaussianMixture {
    data.mixture.noised(alpha: signal(k).squareRoot(), beta: variance(k).squareRoot())
  }

  /// The chain in house time, t = 1 - k / N.
  public var schedule: ChainSchedule { ChainSchedule(self) }

  /// From noise at t = 0 to data at t = 1, a time for each x_k.
  public var times: TimeGrid { .uniform(steps: steps) }
}

/// alpha_t^2 = A_k at t = 1 - k / N, with log A linear between: a schedule that visits every state of a chain.
/// Exact at t = 1; alpha_0 = sqrt(A_N) is what is left of the data.
public struct ChainSchedule: Schedule {
  @usableFromInline let logSignals: [Double]

  /// The schedule that visits the states of `chain`.
  public init(_ chain: DDPMChain) { logSignals = chain.logSignals }

  /// log A.
  @inlinable
  func logSignal<T: RealNumber>(_ t: T) -> T {
    let steps = logSignals.count - 1
    let place = T(Double(steps)) * (1 - unitTime(t))
    // The last interval has both of its ends.
    let k = min(max(Int(place.realPart), 0), steps - 1)
    return T(logSignals[k]) + (place - T(Double(k))) * T(logSignals[k + 1] - logSignals[k])
  }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T { T.exp(logSignal(t) / 2) }
  @inlinable public func beta<T: RealNumber>(_ t: T) -> T { variance(t).squareRoot() }
  @inlinable public func variance<T: RealNumber>(_ t: T) -> T { -T.expMinusOne(logSignal(t)) }
}
