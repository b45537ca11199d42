/// A positive space-time harmonic function h(x, s) of a process, h(x, s) = E[h(X_u, u) | X_s = x] for u > s: one with
/// d_s h + f . nabla h + sigma^2/2 Delta h = 0.
///
/// Conditioning a process on an event is a change of drift by it; a new condition is one such function,
/// by its logarithm.
public protocol HarmonicFunction: Sendable {
  /// log h(x, s).
  func logValue<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar

  /// Writes nabla log h at the rows of x; unless it is given, by dual numbers row by row.
  func writeGradient<T: MachineReal>(at x: Batch<T>, _ s: T, into out: inout Batch<T>)

  /// The same in single and in double precision: what simulators call.
  func floatGradient(at x: Batch<Float>, _ s: Float, into out: inout Batch<Float>)
  func doubleGradient(at x: Batch<Double>, _ s: Double, into out: inout Batch<Double>)
}

extension HarmonicFunction {
  // Not generic over the number type, so that the conforming module compiles them for its own function.

  @inlinable
  public func floatGradient(at x: Batch<Float>, _ s: Float, into out: inout Batch<Float>) {
    writeGradient(at: x, s, into: &out)
  }

  @inlinable
  public func doubleGradient(at x: Batch<Double>, _ s: Double, into out: inout Batch<Double>) {
    writeGradient(at: x, s, into: &out)
  }

  @inlinable
  public func writeGradient<T: MachineReal>(at x: Batch<T>, _ s: T, into out: inout Batch<T>) {
    let gradient = HarmonicGradient(of: self)
    switch x.dimension {
    case 1: for row in 0..<x.count { out[row, 0] = gradient(x[row, 0], at: s) }
    case 2: for row in 0..<x.count { out[pair: row] = gradient(x[pair: row], at: s) }
    case 3...16: for row in 0..<x.count { out[inline: row] = gradient(x[inline: row], at: s) }
    default: for row in 0..<x.count { out[long: row] = gradient(x[long: row], at: s) }
    }
  }
}

/// nabla log h, by dual numbers: d evaluations at a point. Over batches it is what the function writes.
public struct HarmonicGradient<H: HarmonicFunction>: Field {
  public let function: H

  /// nabla log of `function`.
  public init(of function: H) { self.function = function }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at s: P.Scalar) -> P {
    P(count: x.count) { i in
      HarmonicVisitor(function: function, time: Dual(s)).visit(count: x.count) {
        Dual(x[$0], $0 == i ? 1 : 0)
      }.derivative
    }
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    BatchFunction { [function] x, s, out in function.floatGradient(at: x, s, into: &out) }
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    BatchFunction { [function] x, s, out in function.doubleGradient(at: x, s, into: &out) }
  }
}

/// log h at a point whose type its dimension decides.
@usableFromInline
struct HarmonicVisitor<H: HarmonicFunction, Scalar: RealNumber>: PointVisitor {
  @usableFromInline let function: H
  @usableFromInline let time: Scalar

  @usableFromInline
  init(function: H, time: Scalar) {
    self.function = function
    self.time = time
  }

  @inlinable
  func visit<P: Point>(_ x: P) -> Scalar where P.Scalar == Scalar { function.logValue(x, at: time) }
}

extension SDE {
  /// Doob's h-transform: dX = (f + sigma^2 nabla log h)(X) ds + sigma dW is the process conditioned by h, its transition
  /// densities p(y, u | x, s) h(y, u) / h(x, s).
  ///
  /// `h` must be harmonic for this process, which is not checked here: d_s log h + f . nabla log h +
  /// sigma^2/2 (Delta log h + |nabla log h|^2) = 0 is what to verify.
  /// Source: J. Doob, "Conditional Brownian motion and the boundary limits of harmonic functions", Bull. Soc. Math.
  /// France 85 (1957); L. C. G. Rogers, D. Williams, *Diffusions, Markov Processes and Martingales*, vol. 2, IV.39;
  /// S. Sarkka, A. Solin, *Applied Stochastic Differential Equations*, section 7.5.
  public func conditioned<H: HarmonicFunction>(by h: H) -> SDE<
    ScoredField<Drift, Sigma, HarmonicGradient<H>>, Sigma
  > {
    SDE<ScoredField<Drift, Sigma, HarmonicGradient<H>>, Sigma>(
      drift: ScoredField(drift, plus: 1, times: diffusion, squaredTimes: HarmonicGradient(of: h)),
      diffusion: diffusion)
  }
}

/// h(x, s) = p(X_end = target | X_s = x): conditioning on where a linear process ends, the bridge.
public struct Endpoint<L: LinearProcess>: HarmonicFunction {
  public let process: L

  /// X_end.
  public let target: Vector<Double>

  /// The time at which the process is there.
  public let end: Double

  /// Conditioned at time `end`; defined for s < `end`.
  public init(of process: L, at target: Vector<Double>, time end: Double) {
    precondition(
      target.count > 0 && target.largestMagnitude.isFinite && end.isFinite,
      "a process that ends in \(target) at \(end)")
    self.process = process
    self.target = target
    self.end = end
  }

  @inlinable
  public func logValue<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar {
    precondition(x.count == target.count, "a point of dimension \(x.count) for an end in \(target.count)")
    return process.logDensity(
      P(count: x.count) { P.Scalar(target[$0]) }, at: P.Scalar(end), given: x, at: s)
  }

  /// F (target - E[X_end | X_s = x]) / V, the coefficients once in double precision.
  public func writeGradient<T: MachineReal>(at x: Batch<T>, _ s: T, into out: inout Batch<T>) {
    let (s, d) = (s.realPart, target.count)
    precondition(x.dimension == d, "points of dimension \(x.dimension) for an end in \(d)")
    precondition(s < end, "a transition from \(s) to \(end) does not go forward in time")
    let factor = process.factor(from: s, to: end)
    let variance = process.variance(from: s, to: end)
    precondition(variance > 0, "without noise from \(s) to \(end) the process cannot be led to its end")
    let gain = factor / variance
    // gain (target - offset - factor x), added up in turn.
    out.copy(x)
    out.scale(by: T(-gain * factor))
    out.add(gain, toAll: target)
    process.addOffset(-gain, from: s, to: end, to: &out)
  }
}

/// h(x, s) = P(lower <= direction . X_end <= upper | X_s = x): conditioning a linear process on the event that
/// it ends in a half-space or a slab.
///
/// Where the event is improbable its probability is found from the tails, so that log h and its gradient stay
/// right down to probabilities like exp(-10^6).
public struct TerminalSlab<L: LinearProcess>: HarmonicFunction {
  public let process: L
  public let direction: Vector<Double>
  public let bounds: ClosedRange<Double>

  /// The time at which the event is decided.
  public let end: Double

  /// A direction that is not 0, of any length; bounds may be infinite.
  public init(
    of process: L, along direction: Vector<Double>, in bounds: ClosedRange<Double>, time end: Double
  ) {
    precondition(
      direction.squaredNorm > 0 && direction.squaredNorm.isFinite && bounds.upperBound > bounds.lowerBound
        && end.isFinite,
      "the event of ending in \(bounds) along \(direction) at \(end)")
    self.process = process
    self.direction = direction
    self.bounds = bounds
    self.end = end
  }

  /// On the line.
  public init(of process: L, in bounds: ClosedRange<Double>, time end: Double) {
    self.init(of: process, along: Vector([1]), in: bounds, time: end)
  }

  @inlinable
  public func logValue<P: Point>(_ x: P, at s: P.Scalar) -> P.Scalar {
    typealias T = P.Scalar
    precondition(x.count == direction.count, "a point of dimension \(x.count), not \(direction.count)")
    precondition(s < T(end), "the event is decided at \(end): it conditions nothing at \(s)")
    let center = process.mean(of: x, from: s, to: T(end)).dot(P(count: x.count) { T(direction[$0]) })
    let spread = (process.variance(from: s, to: T(end)) * T(direction.squaredNorm)).squareRoot()
    precondition(spread > 0, "without noise from \(s) to \(end) the event is decided: it conditions nothing")
    return logNormalProbability(
      from: (T(bounds.lowerBound) - center) / spread, to: (T(bounds.upperBound) - center) / spread)
  }

  /// log h depends on the mean along the direction alone, by one derivative a row.
  public func writeGradient<T: MachineReal>(at x: Batch<T>, _ s: T, into out: inout Batch<T>) {
    let (s, d) = (s.realPart, direction.count)
    precondition(x.dimension == d, "points of dimension \(x.dimension), not \(d)")
    precondition(s < end, "the event is decided at \(end): it conditions nothing at \(s)")
    let factor = process.factor(from: s, to: end)
    let spread = (process.variance(from: s, to: end) * direction.squaredNorm).squareRoot()
    precondition(spread > 0, "without noise from \(s) to \(end) the event is decided: it conditions nothing")
    let shift = process.shift(along: direction, from: s, to: end)
    out.requireShape(of: x)
    out.withMutableElements { out in
      x.withElements { x in
        for row in stride(from: 0, to: x.count, by: d) {
          var along = 0.0
          for i in 0..<d { along += direction[i] * x[row + i].realPart }
          let center = Dual(factor * along + shift, 1.0)
          let slope = logNormalProbability(
            from: (Dual(bounds.lowerBound) - center) / Dual(spread),
            to: (Dual(bounds.upperBound) - center) / Dual(spread)
          ).derivative
          for i in 0..<d { out[row + i] = T(slope * factor * direction[i]) }
        }
      }
    }
  }
}

extension LinearProcess {
  /// direction . int_s^u F(r, u) b(r) dr, without allocating.
  fileprivate func shift(along direction: Vector<Double>, from s: Double, to u: Double) -> Double {
    func along<P: Point>(_ offset: P) -> Double where P.Scalar == Double {
      (0..<direction.count).reduce(0) { $0 + direction[$1] * offset[$1] }
    }
    let d = direction.count
    switch d {
    case 1: return along(offset(d, from: s, to: u) as Double)
    case 2: return along(offset(d, from: s, to: u) as Pair<Double>)
    case 3...16: return along(offset(d, from: s, to: u) as InlineVector<Double>)
    default: return along(offset(d, from: s, to: u) as LongVector<Double>)
    }
  }
}
