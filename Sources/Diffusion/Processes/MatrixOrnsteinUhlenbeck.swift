import RealModule

/// dX = -A (X - m) ds + Q^(1/2) dW with a symmetric positive definite rate A and a noise covariance Q: the
/// linear process in which coordinates relax at different rates.
///
/// Along the eigenvectors of A, with rates l_i, entry (i, j) of the covariance relaxes at rate l_i + l_j
/// towards the solution of A S + S A = Q, that is S_ij = Q_ij / (l_i + l_j). Langevin dynamics of a Gaussian
/// (A = Sigma^-1, Q = 2 I) and stochastic gradient descent on a quadratic loss are of this kind.
/// Source: C. Gardiner, *Stochastic Methods*, 4th ed., section 4.5.6.
public struct MatrixOrnsteinUhlenbeck: Dynamics {
  /// A.
  public let rate: Matrix<Double>

  /// m.
  public let mean: Vector<Double>

  /// Q.
  public let noiseCovariance: Matrix<Double>
  private let eigen: SymmetricEigen

  /// Q^(1/2), symmetric.
  private let root: Matrix<Double>

  /// `rate` symmetric and positive definite, `noiseCovariance` symmetric and without negative eigenvalues.
  public init(rate: Matrix<Double>, mean: Vector<Double>, noiseCovariance: Matrix<Double>) {
    let d = mean.count
    precondition(d > 0 && mean.largestMagnitude.isFinite, "the mean must be finite: \(mean)")
    precondition(
      rate.rows == d && rate.isSymmetric && noiseCovariance.rows == d && noiseCovariance.isSymmetric,
      "rate and noise covariance must be finite symmetric \(d) x \(d) matrices")
    eigen = rate.symmetricEigen()
    precondition(
      eigen.values[0] > 0, "the rate must be positive definite: its eigenvalues are \(eigen.values)")
    let noise = noiseCovariance.symmetricEigen()
    precondition(
      noise.values[0] >= -1e-12 * (noise.values.last ?? 0),
      "the noise covariance is indefinite: its eigenvalues are \(noise.values)")
    root = noise.map { max($0, 0).squareRoot() }
    self.rate = rate
    self.mean = mean
    self.noiseCovariance = noiseCovariance
  }

  public var drift: LinearRelaxation { LinearRelaxation(rate: rate, mean: mean) }
  public var noise: Noise? { .matrix(ConstantMatrix(root)) }

  /// N(m, S) with A S + S A = Q.
  public var stationaryLaw: Gaussian {
    Gaussian(mean: mean, covariance: inEigenbasis(noiseCovariance) { q, a, b in q / (a + b) })
  }

  /// The law after a time `duration`, O(d^3): mean m + exp(-A s) (mean - m), and covariance
  /// exp(-A s) Sigma exp(-A s) + int_0^s exp(-A r) Q exp(-A r) dr.
  public func law(from initial: Gaussian, after duration: Double) -> Gaussian {
    precondition(duration >= 0, "a law after a time \(duration)")
    let decay = eigen.map { Double.exp(-$0 * duration) }
    let gained = inEigenbasis(noiseCovariance) { q, a, b in
      -Double.expMinusOne(-(a + b) * duration) * q / (a + b)
    }
    return Gaussian(
      mean: mean + decay(initial.mean - mean),
      covariance: symmetrized(decay * initial.covariance * decay + gained))
  }

  /// The law of the Euler-Maruyama chain X_{k+1} = X_k - h A (X_k - m) + sqrt(h) Q^(1/2) xi after `steps`
  /// steps.
  public func eulerLaw(from initial: Gaussian, steps: Int, step h: Double) -> Gaussian {
    precondition(steps >= 0 && h > 0 && h.isFinite, "\(steps) steps of \(h)")
    let power = eigen.map { Double.pow(1 - h * $0, steps) }
    let gained = inEigenbasis(noiseCovariance) { q, a, b in
      let ratio = (1 - h * a) * (1 - h * b)
      let sum = abs(ratio - 1) < 1e-15 ? Double(steps) : (1 - Double.pow(ratio, steps)) / (1 - ratio)
      return h * q * sum
    }
    return Gaussian(
      mean: mean + power(initial.mean - mean),
      covariance: symmetrized(power * initial.covariance * power + gained))
  }

  /// Where the Euler-Maruyama chain settles, S_ij = Q_ij / (l_i + l_j - h l_i l_j): not the stationary law,
  /// which it exceeds by a factor 1 / (1 - h l / 2) along an eigenvector. Nil where the chain diverges,
  /// h l >= 2.
  public func eulerStationaryLaw(step h: Double) -> Gaussian? {
    precondition(h > 0, "a step of \(h)")
    guard h * eigen.values[eigen.values.count - 1] < 2 else { return nil }
    return Gaussian(
      mean: mean, covariance: inEigenbasis(noiseCovariance) { q, a, b in q / (a + b - h * a * b) })
  }

  /// The slowest rate: any two laws approach one another at least like exp(-rate s) in 2-Wasserstein distance.
  public var mixingRate: Double { eigen.values[0] }

  /// V f(V^T M V) V^T, f entry by entry with the rates of row and column.
  private func inEigenbasis(_ m: Matrix<Double>, _ f: (Double, Double, Double) -> Double) -> Matrix<Double> {
    let v = eigen.vectors
    let inner = v.transposed * m * v
    let image = Matrix(rows: m.rows, columns: m.columns) { i, j in
      f(inner[i, j], eigen.values[i], eigen.values[j])
    }
    return symmetrized(v * image * v.transposed)
  }

  private func symmetrized(_ m: Matrix<Double>) -> Matrix<Double> { 0.5 * (m + m.transposed) }
}

/// -A (x - m).
public struct LinearRelaxation: Field {
  public let rate: Matrix<Double>
  public let mean: Vector<Double>

  /// A = `rate` and m = `mean`.
  public init(rate: Matrix<Double>, mean: Vector<Double>) {
    self.rate = rate
    self.mean = mean
  }

  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    typealias T = P.Scalar
    precondition(x.count == mean.count, "a point of dimension \(x.count), not \(mean.count)")
    return P(count: x.count) { i in
      (0..<x.count).reduce(0) { $0 - T(rate[i, $1]) * (x[$1] - T(mean[$1])) }
    }
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator(dimension) }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator(dimension) }

  private func evaluator<T: MachineReal>(_ d: Int) -> BatchFunction<T> {
    precondition(d == mean.count, "points of dimension \(d), not \(mean.count)")
    let slope = (0..<d * d).map { T(-rate[$0 / d, $0 % d]) }
    let center = mean.coordinates.map { T($0) }
    return BatchFunction { x, _, out in
      out.requireShape(of: x)
      out.withMutableElements { out in
        x.withElements { x in
          for row in stride(from: 0, to: x.count, by: d) {
            for i in 0..<d {
              var sum: T = 0
              for j in 0..<d { sum += slope[i * d + j] * (x[row + j] - center[j]) }
              out[row + i] = sum
            }
          }
        }
      }
    }
  }
}
