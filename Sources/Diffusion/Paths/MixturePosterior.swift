public import RealModule

/// What is known about z ~ mixture given x = alpha z + beta eps: closed forms, for any point and number
/// type, finite wherever x has a density, also at beta = 0.
///
/// With S_k = alpha^2 Sigma_k + beta^2 I and r_k = S_k^-1 (x - alpha m_k), component k has
///
///     responsibility  w_k N(x; alpha m_k, S_k) / p(x)
///     score           s_k = -r_k
///     posterior mean  g_k = m_k + alpha Sigma_k r_k
///     posterior covariance  C_k = beta^2 Sigma_k S_k^-1
///
/// and the mixture's quantities are averages under the responsibilities. O(K d^2).
@usableFromInline
struct MixturePosterior<P: Point> {
  @usableFromInline typealias T = P.Scalar
  @usableFromInline let mixture: GaussianMixture
  @usableFromInline let alpha: T
  @usableFromInline let variance: T
  @usableFromInline let dimension: Int

  /// The probabilities of the components given x.
  @usableFromInline var responsibilities: [T]

  /// V_k^T r_k, along the principal axes of each component, one component after another.
  @usableFromInline var residuals: [T]

  /// The eigenvalues of S_k^-1, likewise.
  @usableFromInline var precisions: [T]

  @inlinable
  init(_ mixture: GaussianMixture, x: P, alpha: T, variance: T) {
    mixture.requireDimension(x)
    self.mixture = mixture
    self.alpha = alpha
    self.variance = variance
    let d = mixture.dimension
    let count = mixture.components.count
    dimension = d
    responsibilities = [T](repeating: 0, count: count)
    residuals = [T](repeating: 0, count: count * d)
    precisions = residuals
    for k in 0..<count {
      let component = mixture.components[k]
      var exponent: T = 0
      for i in 0..<d {
        let v = component.spread(i, alpha: alpha, variance: variance)
        let y = component.principal(i, of: x, scale: alpha)
        precisions[k * d + i] = 1 / v
        residuals[k * d + i] = y / v
        exponent += y * y / v + T.log(v)
      }
      responsibilities[k] = T(mixture.logWeights[k]) - exponent / 2
    }
    let largest = responsibilities.max()!
    var sum: T = 0
    for k in 0..<count {
      // Equal terms may both be -infinity, whose difference is not a number.
      responsibilities[k] = responsibilities[k] == largest ? 1 : T.exp(responsibilities[k] - largest)
      sum += responsibilities[k]
    }
    for k in 0..<count { responsibilities[k] /= sum }
  }

  /// Coordinate i of a g_k + b s_k: all the vectors wanted are such combinations.
  @inlinable
  func coordinate(_ i: Int, of k: Int, _ a: T, _ b: T) -> T {
    let component = mixture.components[k]
    let mean = a * T(component.mean[i])
    guard let axes = component.axes else {
      return mean + (a * alpha * T(component.variances[i]) - b) * residuals[k * dimension + i]
    }
    var sum = mean
    for j in 0..<dimension {
      let factor = a * alpha * T(component.variances[j]) - b
      sum += T(axes[i, j]) * factor * residuals[k * dimension + j]
    }
    return sum
  }

  /// a E[z | x] + b nabla log p(x).
  @inlinable
  func combination(mean a: T, score b: T) -> P {
    P(count: dimension) { i in
      var sum: T = 0
      for k in responsibilities.indices { sum += responsibilities[k] * coordinate(i, of: k, a, b) }
      return sum
    }
  }

  /// Cov(z | x) = sum_k r_k (C_k + (g_k - g)(g_k - g)^T).
  @inlinable
  var covariance: Matrix<T> {
    let center = combination(mean: 1, score: 0)
    var sum = Matrix<T>(rows: dimension, columns: dimension) { _, _ in 0 }
    for k in responsibilities.indices {
      let component = mixture.components[k]
      let offset = (0..<dimension).map { coordinate($0, of: k, 1, 0) - center[$0] }
      for i in 0..<dimension {
        for j in 0..<dimension {
          var entry = offset[i] * offset[j]
          for a in 0..<dimension {
            let axis = component.axes.map { T($0[i, a] * $0[j, a]) } ?? (i == a && j == a ? 1 : 0)
            entry += axis * variance * T(component.variances[a]) * precisions[k * dimension + a]
          }
          sum[i, j] += responsibilities[k] * entry
        }
      }
    }
    return sum
  }

  /// The divergence of `combination(mean: a, score: b)` = sum_k r_k u_k, which is
  /// sum_k r_k (div u_k + (s_k - s) . u_k), since nabla r_k = r_k (s_k - s).
  @inlinable
  func divergence(mean a: T, score b: T) -> T {
    let s = combination(mean: 0, score: 1)
    var sum: T = 0
    for k in responsibilities.indices {
      let component = mixture.components[k]
      var term: T = 0
      for i in 0..<dimension {
        let growth = a * alpha * T(component.variances[i]) - b
        term += growth * precisions[k * dimension + i]
        term += (coordinate(i, of: k, 0, 1) - s[i]) * coordinate(i, of: k, a, b)
      }
      sum += responsibilities[k] * term
    }
    return sum
  }
}

extension GaussianMixture {
  /// The log-density of alpha z + beta eps at x, variance = beta^2, without intermediate storage.
  @inlinable
  func logDensity<P: Point>(_ x: P, alpha: P.Scalar, variance: P.Scalar) -> P.Scalar {
    typealias T = P.Scalar
    requireDimension(x)
    guard line.isEmpty else { return lineLogDensity(x[0], alpha: alpha, variance: variance) }
    var largest: T = 0
    var sum: T = 0
    for k in 0..<components.count {
      let component = components[k]
      var exponent: T = 0
      for i in 0..<dimension {
        let v = component.spread(i, alpha: alpha, variance: variance)
        let y = component.principal(i, of: x, scale: alpha)
        exponent += y * y / v + T.log(v)
      }
      let term = T(logWeights[k]) - exponent / 2
      if k == 0 || term > largest {
        sum = k == 0 ? 1 : sum * T.exp(largest - term) + 1
        largest = term
      } else {
        // Both may be -infinity, whose difference is not a number. Equal terms that are finite need their difference
        // all the same: of dual numbers it has a derivative.
        sum += largest == -.infinity ? 1 : T.exp(term - largest)
      }
    }
    return largest + T.log(sum) - T(Double(dimension) * logTwoPi / 2)
  }
}

extension GaussianMixture {
  /// a E[z | x] + b nabla log p(x) for x = alpha z + beta eps, variance = beta^2, without intermediate storage.
  @inlinable
  func combination<P: Point>(
    _ x: P, alpha: P.Scalar, variance: P.Scalar, mean a: P.Scalar, score b: P.Scalar
  ) -> P {
    guard line.isEmpty else {
      requireDimension(x)
      let value = lineCombination(x[0], alpha: alpha, variance: variance, mean: a, score: b)
      return P(count: 1) { _ in value }
    }
    requireDimension(x)
    // As in `logDensity`: relative to the largest term so far.
    var largest: P.Scalar = 0
    var total: P.Scalar = 0
    var sum = x
    for k in 0..<components.count {
      let component = components[k]
      var exponent: P.Scalar = 0
      let residual = P(count: dimension) { i in
        let v = component.spread(i, alpha: alpha, variance: variance)
        let y = component.principal(i, of: x, scale: alpha)
        exponent += y * y / v + P.Scalar.log(v)
        return (a * alpha * P.Scalar(component.variances[i]) - b) * (y / v)
      }
      let offset = component.fromPrincipal(residual)
      let value = P(count: dimension) { a * P.Scalar(component.mean[$0]) + offset[$0] }
      let term = P.Scalar(logWeights[k]) - exponent / 2
      if k == 0 {
        (largest, total, sum) = (term, 1, value)
      } else if term > largest {
        let shrunk = P.Scalar.exp(largest - term)
        (largest, total, sum) = (term, total * shrunk + 1, shrunk * sum + value)
      } else {
        let weight = largest == -.infinity ? 1 : P.Scalar.exp(term - largest)
        (total, sum) = (total + weight, sum + weight * value)
      }
    }
    return (1 / total) * sum
  }
}
