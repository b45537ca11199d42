/// dX = (A X + b) ds + Q^(1/2) dW with a constant matrix A, symmetric or not: rotations, underdamped Langevin dynamics,
/// any linear equation with constant coefficients.
///
/// The integrating factor is the matrix exponential. Over a time h
///
///     E[X_{s+h} | X_s]   = F X_s + o,   F = exp(A h),  o = int_0^h exp(A r) b dr
///     Cov[X_{s+h} | X_s] = V = int_0^h exp(A r) Q exp(A^T r) dr
///
/// by their series for a short time, and from there by doubling: F_2h = F^2, o_2h = F o + o, V_2h = F V F^T + V.
/// Where A is symmetric and negative definite, `MatrixOrnsteinUhlenbeck` has more.
/// Source: S. Sarkka, A. Solin, *Applied Stochastic Differential Equations*, section 6.2; C. Van Loan, "Computing
/// integrals involving the matrix exponential", IEEE Trans. Automatic Control 23 (1978), for the doubling.
public struct MatrixLinearProcess: Dynamics {
  /// A.
  public let matrix: Matrix<Double>

  /// b.
  public let offset: Vector<Double>

  /// Q.
  public let noiseCovariance: Matrix<Double>

  /// Q^(1/2), symmetric.
  private let root: Matrix<Double>

  /// A square `matrix`; `noiseCovariance` symmetric and without negative eigenvalues, singular ones too.
  public init(matrix: Matrix<Double>, offset: Vector<Double>, noiseCovariance: Matrix<Double>) {
    let d = offset.count
    precondition(
      matrix.rows == d && matrix.columns == d && matrix.rowNorm.isFinite && offset.largestMagnitude.isFinite,
      "a linear process in dimension \(d) needs a finite \(d) x \(d) matrix and a finite offset")
    precondition(
      noiseCovariance.rows == d && noiseCovariance.isSymmetric,
      "the noise covariance must be a finite symmetric \(d) x \(d) matrix")
    let noise = noiseCovariance.symmetricEigen()
    precondition(
      noise.values[0] >= -1e-12 * (noise.values.last ?? 0),
      "the noise covariance is indefinite: its eigenvalues are \(noise.values)")
    root = noise.map { max($0, 0).squareRoot() }
    self.matrix = matrix
    self.offset = offset
    self.noiseCovariance = noiseCovariance
  }

  public var drift: AffineField { AffineField(matrix: matrix, offset: offset) }
  public var noise: Noise? { .matrix(ConstantMatrix(root)) }

  /// F, o and V: X_{s+h} ~ N(F X_s + o, V) for h = `duration` >= 0. O(d^3 log(|A| h)).
  public func transition(after duration: Double) -> (
    factor: Matrix<Double>, offset: Vector<Double>, covariance: Matrix<Double>
  ) {
    precondition(duration >= 0 && duration.isFinite, "a transition over a time \(duration)")
    var doublings = 0
    var h = duration
    while h * matrix.rowNorm > 0.5 {
      h /= 2
      doublings += 1
    }
    var moments = series(h)
    for _ in 0..<doublings { moments = moments.doubled }
    return (moments.factor, moments.offset, moments.covariance)
  }

  /// The law after a time `duration`.
  public func law(from initial: Gaussian, after duration: Double) -> Gaussian {
    let (factor, offset, covariance) = transition(after: duration)
    return Gaussian(
      mean: factor(initial.mean) + offset,
      covariance: (factor * initial.covariance * factor.transposed + covariance).symmetrized)
  }

  /// The law after a time `duration`, where it began as a mixture.
  public func law(from initial: GaussianMixture, after duration: Double) -> GaussianMixture {
    GaussianMixture(
      weights: initial.weights, components: initial.components.map { law(from: $0, after: duration) })
  }

  /// Where every law tends, N(-A^-1 b, S) with A S + S A^T = -Q; nil where an eigenvalue of A has no negative real part.
  public var stationaryLaw: Gaussian? {
    guard matrix.rowNorm > 0 else { return nil }
    var moments = series(0.5 / matrix.rowNorm)
    // F falls or grows like the square of what it was: 60 doublings of a time 1 / |A| decide.
    for _ in 0..<60 {
      if moments.factor.rowNorm < 1e-18 {
        return Gaussian(mean: moments.offset, covariance: moments.covariance.symmetrized)
      }
      guard moments.factor.rowNorm < 1e6 else { return nil }
      moments = moments.doubled
    }
    return nil
  }

  /// The moments of a time h with |A| h <= 1/2, by Taylor's series: its 20th term is below 1e-18 of the first.
  private func series(_ h: Double) -> TransitionMoments {
    let d = offset.count
    var (factor, shift) = (Matrix<Double>.identity(d), h * offset)
    var covariance = h * noiseCovariance
    var (powers, vectors, rates) = (factor, shift, covariance)
    for n in 1...20 {
      let count = Double(n)
      powers = (h / count) * (matrix * powers)
      vectors = (h / (count + 1)) * matrix(vectors)
      rates = (h / (count + 1)) * (matrix * rates + rates * matrix.transposed)
      factor = factor + powers
      shift = shift + vectors
      covariance = covariance + rates
    }
    return TransitionMoments(factor: factor, offset: shift, covariance: covariance)
  }
}

/// F, o and V of a transition.
private struct TransitionMoments {
  let factor: Matrix<Double>
  let offset: Vector<Double>
  let covariance: Matrix<Double>

  /// Those of twice the time.
  var doubled: TransitionMoments {
    TransitionMoments(
      factor: factor * factor, offset: factor(offset) + offset,
      covariance: (factor * covariance * factor.transposed + covariance).symmetrized)
  }
}

extension Matrix where Scalar == Double {
  /// The largest sum of magnitudes in a row.
  fileprivate var rowNorm: Double {
    (0..<rows).reduce(0) { largest, i in max(largest, (0..<columns).reduce(0) { $0 + abs(self[i, $1]) }) }
  }
}

extension MatrixLinearProcess: ConstantNoiseDynamics {}

/// A x + b.
public struct AffineField: Field {
  /// A.
  public let matrix: Matrix<Double>

  /// b.
  public let offset: Vector<Double>

  /// A square matrix A, and an offset b of its dimension.
  public init(matrix: Matrix<Double>, offset: Vector<Double>) {
    precondition(
      matrix.rows == offset.count && matrix.columns == offset.count,
      "an offset of dimension \(offset.count) for a matrix of \(matrix.rows) x \(matrix.columns)")
    self.matrix = matrix
    self.offset = offset
  }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    typealias T = P.Scalar
    precondition(x.count == offset.count, "a point of dimension \(x.count), not \(offset.count)")
    return P(count: x.count) { i in
      var sum = T(offset[i])
      for j in 0..<x.count { sum += T(matrix[i, j]) * x[j] }
      return sum
    }
  }
}
