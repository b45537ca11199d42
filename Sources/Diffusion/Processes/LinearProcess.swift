public import RealModule

/// A linear process dX = (a(s) X + b(s)) ds + g(s) dW, with scalar a and g and a vector b, in a time s that
/// need not be the house's.
///
/// With the integrating factor F(s, u) = exp(int_s^u a), the law of X_u given X_s is normal:
///
///     E[X_u | X_s]   = F(s, u) X_s + int_s^u F(r, u) b(r) dr
///     Var[X_u | X_s] = int_s^u F(r, u)^2 g(r)^2 dr  (times I)
///
/// A new process is `rate` and `diffusion`, and `forcing` where b is not 0; the integrals are then found by
/// quadrature to 1e-12. A process that has them in closed form gives them.
/// Source: I. Karatzas, S. Shreve, *Brownian Motion and Stochastic Calculus*, section 5.6; S. Sarkka, A. Solin, *Applied
/// Stochastic Differential Equations*, Cambridge 2019, chapter 6.
public protocol LinearProcess: Sendable {
  /// a(s).
  func rate<T: RealNumber>(_ s: T) -> T

  /// g(s) >= 0.
  func diffusion<T: RealNumber>(_ s: T) -> T

  /// b(s), in `dimension` dimensions.
  func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P

  /// Whether b is anything but 0; unless given, as seen at a few times in one dimension.
  var isForced: Bool { get }

  /// F(s, u) = exp(int_s^u a).
  func factor<T: RealNumber>(from s: T, to u: T) -> T

  /// int_s^u F(r, u) b(r) dr.
  func offset<P: Point>(_ dimension: Int, from s: P.Scalar, to u: P.Scalar) -> P

  /// Var[X_u | X_s] = int_s^u F(r, u)^2 g(r)^2 dr, of each coordinate, for s <= u.
  func variance<T: RealNumber>(from s: T, to u: T) -> T
}

extension LinearProcess {
  @inlinable
  public var isForced: Bool { [0.0, 0.31, 1].contains { forcing(1, at: $0) as Double != 0 } }

  @inlinable
  public func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P { P(count: dimension) { _ in 0 } }

  @inlinable
  public func factor<T: RealNumber>(from s: T, to u: T) -> T { T.exp(integral(from: s, to: u) { rate($0) }) }

  @inlinable
  public func offset<P: Point>(_ dimension: Int, from s: P.Scalar, to u: P.Scalar) -> P {
    integral(from: s, to: u) { r in
      let b: P = forcing(dimension, at: r)
      return b.largestMagnitude == 0 ? b : factor(from: r, to: u) * b
    }
  }

  @inlinable
  public func variance<T: RealNumber>(from s: T, to u: T) -> T {
    requireForward(s, u)
    return integral(from: s, to: u) { r in
      let kick = factor(from: r, to: u) * diffusion(r)
      return kick * kick
    }
  }

  @inlinable
  func requireForward<T: RealNumber>(_ s: T, _ u: T) {
    precondition(s <= u, "the variance of a transition from \(s) to \(u), which does not go forward in time")
  }

  /// int_s^u f, with ends that may be dual numbers: by two panels, without storage, where that is enough.
  @inlinable
  func integral<P: Point>(from s: P.Scalar, to u: P.Scalar, _ f: (P.Scalar) -> P) -> P {
    let tolerance = Tolerance(absolute: 1e-15, relative: 1e-12)
    // The closure is written out each time: shared, it would be allocated.
    let early = kronrodSum(0, 0.5) { f(s + P.Scalar($0) * (u - s)) }
    let late = kronrodSum(0.5, 1) { f(s + P.Scalar($0) * (u - s)) }
    let value = early.value + late.value
    if tolerance.accepts(early.error + late.error, for: value.largestMagnitude) { return (u - s) * value }
    let unit = integrate(over: 0...1, panels: 2, tolerance: tolerance) { f(s + P.Scalar($0) * (u - s)) }
    return (u - s) * unit.value
  }
}

/// The 21-point Kronrod value of int_left^right f, and its difference from the 10-point Gauss value: far more than its
/// error where f is smooth.
@inlinable
func kronrodSum<Value: Point>(_ left: Double, _ right: Double, _ f: (Double) -> Value) -> (
  value: Value, error: Double
) {
  let (rule, half) = (GaussKronrodRule.points21, (right - left) / 2)
  let center = left + half
  let middle = f(center + half * rule.node(0).position)
  var kronrod = Value.Scalar(half * rule.node(0).kronrod) * middle
  var difference = Value.Scalar(half * (rule.node(0).kronrod - rule.node(0).gauss)) * middle
  for i in 1..<rule.count {
    let node = rule.node(i)
    let y = f(center + half * node.position)
    kronrod = kronrod + Value.Scalar(half * node.kronrod) * y
    difference = difference + Value.Scalar(half * (node.kronrod - node.gauss)) * y
  }
  return (kronrod, difference.largestMagnitude)
}

extension LinearProcess {
  /// The drift a(s) x + b(s).
  public var drift: LinearDrift<Self> { LinearDrift(self) }

  /// The equation to simulate.
  public var dynamics: SDE<LinearDrift<Self>, LinearDiffusion<Self>> {
    SDE(drift: drift, diffusion: LinearDiffusion(self))
  }

  /// E[X_u | X_s = x].
  @inlinable
  public func mean<P: Point>(of x: P, from s: P.Scalar, to u: P.Scalar) -> P {
    factor(from: s, to: u) * x + offset(x.count, from: s, to: u)
  }

  /// log p(X_u = y | X_s = x), for s < u.
  @inlinable
  public func logDensity<P: Point>(_ y: P, at u: P.Scalar, given x: P, at s: P.Scalar) -> P.Scalar {
    typealias T = P.Scalar
    precondition(s < u, "a transition from \(s) to \(u) does not go forward in time")
    let v = variance(from: s, to: u)
    precondition(v > 0, "without noise from \(s) to \(u) the transition is a point mass: it has no density")
    let d = T(Double(x.count))
    return -((y - mean(of: x, from: s, to: u)).squaredNorm / v + d * (T.log(v) + T(logTwoPi))) / 2
  }

  /// The law of X_u given X_s = x, for s <= u.
  public func transition(from x: Vector<Double>, at s: Double, to u: Double) -> Gaussian {
    precondition(s <= u, "a transition from \(s) to \(u) does not go forward in time")
    // For short times the difference of two variances may round to less than 0.
    let v = max(0, variance(from: s, to: u))
    return Gaussian(mean: mean(of: x, from: s, to: u), deviation: v.squareRoot())
  }

  /// The law of X_u where X_s has the law `initial`: a mixture stays one.
  public func law(from initial: some MixtureRepresentable, at s: Double, to u: Double) -> GaussianMixture {
    precondition(s <= u, "a law at \(u) does not follow from a later one, at \(s)")
    let start = initial.mixture
    let spread = max(0, variance(from: s, to: u)) * Matrix<Double>.identity(start.dimension)
    let f = factor(from: s, to: u)
    return GaussianMixture(
      weights: start.weights,
      components: start.components.map {
        Gaussian(mean: mean(of: $0.mean, from: s, to: u), covariance: f * f * $0.covariance + spread)
      })
  }

  /// Cov(X_u, X_v | X_s) = V(s, u) F(u, v) for s <= u <= v, of each coordinate.
  public func covariance(_ u: Double, _ v: Double, from s: Double) -> Double {
    let (earlier, later) = (min(u, v), max(u, v))
    precondition(
      s <= earlier, "a covariance at \(earlier), before the time \(s) from which the process is known")
    let known = variance(from: s, to: earlier)
    return earlier == later ? known : known * factor(from: earlier, to: later)
  }
}

/// a(s) x + b(s), the drift of a linear process.
public struct LinearDrift<L: LinearProcess>: Field {
  public let process: L

  /// The drift of `process`.
  public init(_ process: L) { self.process = process }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at s: P.Scalar) -> P {
    process.rate(s) * x + process.forcing(x.count, at: s)
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator(dimension) }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator(dimension) }

  /// The coefficients are the same for all points, and computed once, in double precision.
  private func evaluator<T: MachineReal>(_ dimension: Int) -> BatchFunction<T> {
    BatchFunction { x, t, out in
      let time = t.realPart
      out.copy(x)
      out.scale(by: T(process.rate(time)))
      switch dimension {
      case 1: out.add(1, toAll: process.forcing(1, at: time) as Double)
      case 2: out.add(1, toAll: process.forcing(2, at: time) as Pair<Double>)
      case 3...16: out.add(1, toAll: process.forcing(dimension, at: time) as InlineVector<Double>)
      default: out.add(1, toAll: process.forcing(dimension, at: time) as LongVector<Double>)
      }
    }
  }
}

extension Batch {
  /// Adds `scale` times one vector to all points.
  mutating func add<P: Point>(_ scale: Double, toAll vector: P) where P.Scalar == Double {
    for i in 0..<dimension where vector[i] != 0 { add(Scalar(scale * vector[i]), toColumn: i) }
  }
}

extension LinearProcess {
  /// Adds `scale` times int_s^u F(r, u) b(r) dr to all points, without allocating.
  func addOffset<T: MachineReal>(_ scale: Double, from s: Double, to u: Double, to batch: inout Batch<T>) {
    switch batch.dimension {
    case 1: batch.add(scale, toAll: offset(1, from: s, to: u) as Double)
    case 2: batch.add(scale, toAll: offset(2, from: s, to: u) as Pair<Double>)
    case 3...16: batch.add(scale, toAll: offset(batch.dimension, from: s, to: u) as InlineVector<Double>)
    default: batch.add(scale, toAll: offset(batch.dimension, from: s, to: u) as LongVector<Double>)
    }
  }
}

/// g(s), the diffusion coefficient of a linear process.
public struct LinearDiffusion<L: LinearProcess>: DiffusionCoefficient {
  public let process: L

  /// The diffusion coefficient of `process`.
  public init(_ process: L) { self.process = process }

  @inlinable public func callAsFunction<T: RealNumber>(at s: T) -> T { process.diffusion(s) }
}
