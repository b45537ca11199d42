/// A density that changes in time, p_t(x), written for any point and number type.
public protocol DensityPath: Sendable {
  /// log p_t(x).
  func logDensity<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar
}

extension MarginalPath: DensityPath {}
extension InterpolantPath: DensityPath {}

/// A path of densities at another pace: p_k(t).
public struct RetimedPath<Q: DensityPath, K: TimeChange>: DensityPath {
  public let base: Q
  public let timeChange: K

  /// The densities p_k(t).
  public init(_ base: Q, by timeChange: K) {
    self.base = base
    self.timeChange = timeChange
  }

  @inlinable
  public func logDensity<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    base.logDensity(x, at: timeChange(t))
  }
}

/// nabla log p_t(x) of a path, by dual numbers: d evaluations.
public struct PathScore<Q: DensityPath>: Field {
  public let path: Q

  /// nabla log p_t of `path`.
  public init(of path: Q) { self.path = path }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { i in
      PathVisitor(path: path, time: Dual(t)).visit(count: x.count) { Dual(x[$0], $0 == i ? 1 : 0) }.derivative
    }
  }
}

/// log p_t at a point whose type its dimension decides.
@usableFromInline
struct PathVisitor<Q: DensityPath, Scalar: RealNumber>: PointVisitor {
  @usableFromInline let path: Q
  @usableFromInline let time: Scalar

  @usableFromInline
  init(path: Q, time: Scalar) {
    self.path = path
    self.time = time
  }

  @inlinable
  func visit<P: Point>(_ x: P) -> Scalar where P.Scalar == Scalar { path.logDensity(x, at: time) }
}
