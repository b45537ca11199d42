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

  /// The probabilities of the components given x.
  @usableFromInline let responsibilities: [T]
  @usableFromInline let logDensity: T

  /// V_k^T r_k, along the principal axes of each component.
  @usableFromInline let residuals: [[T]]

  /// The eigenvalues of S_k^-1.
  @usableFromInline let precisions: [[T]]

  @inlinable
  init(_ mixture: GaussianMixture, x: P, alpha: T, variance: T) {
    mixture.requireDimension(x)
    let square = alpha * alpha
    var logTerms: [T] = []
    var residuals: [[T]] = []
    var precisions: [[T]] = []
    for (component, logWeight) in zip(mixture.components, mixture.logWeights) {
      var y = component.principal(x, scale: alpha)
      var precision = y
      var exponent: T = 0
      for i in y.indices {
        let v = square * T(component.variances[i]) + variance
        precondition(v > 0, "a component has no spread here: there is no density, only a point mass")
        precision[i] = 1 / v
        let r = y[i] * precision[i]
        exponent += y[i] * r + T.log(v)
        y[i] = r
      }
      logTerms.append(T(logWeight) - (exponent + T(Double(y.count) * logTwoPi)) / 2)
      residuals.append(y)
      precisions.append(precision)
    }
    let largest = logTerms.max()!
    var sum: T = 0
    var terms = logTerms
    for k in terms.indices {
      terms[k] = T.exp(logTerms[k] - largest)
      sum += terms[k]
    }
    for k in terms.indices { terms[k] /= sum }
    self.mixture = mixture
    self.alpha = alpha
    self.variance = variance
    self.responsibilities = terms
    self.logDensity = largest + T.log(sum)
    self.residuals = residuals
    self.precisions = precisions
  }

  /// s_k.
  @inlinable
  func score(of k: Int) -> [T] { mixture.components[k].fromPrincipal(residuals[k].map { -$0 }) }

  /// g_k.
  @inlinable
  func mean(of k: Int) -> [T] {
    let component = mixture.components[k]
    let shift = component.fromPrincipal(
      residuals[k].indices.map { alpha * T(component.variances[$0]) * residuals[k][$0] })
    return shift.indices.map { T(component.mean[$0]) + shift[$0] }
  }

  /// The average of a component's vector under the responsibilities.
  @inlinable
  func average(_ quantity: (Int) -> [T]) -> P {
    var sum = [T](repeating: 0, count: mixture.dimension)
    for k in responsibilities.indices {
      let q = quantity(k)
      for i in sum.indices { sum[i] += responsibilities[k] * q[i] }
    }
    return P(count: sum.count) { sum[$0] }
  }

  /// nabla log p(x).
  @inlinable var score: P { average { score(of: $0) } }

  /// E[z | x].
  @inlinable var mean: P { average { mean(of: $0) } }

  /// Cov(z | x) = sum_k r_k (C_k + (g_k - g)(g_k - g)^T).
  @inlinable
  var covariance: Matrix<T> {
    let d = mixture.dimension
    let center = mean
    var sum = Matrix<T>(rows: d, columns: d) { _, _ in 0 }
    for k in responsibilities.indices {
      let component = mixture.components[k]
      let g = mean(of: k)
      for i in 0..<d {
        for j in 0..<d {
          var entry = (g[i] - center[i]) * (g[j] - center[j])
          for a in 0..<d {
            let axis = component.axes.map { T($0[i, a] * $0[j, a]) } ?? (i == a && j == a ? 1 : 0)
            entry += axis * variance * T(component.variances[a]) * precisions[k][a]
          }
          sum[i, j] += responsibilities[k] * entry
        }
      }
    }
    return sum
  }

  /// u = alpha' E[z | x] - beta beta' score: the field that moves x along the path.
  @inlinable
  func field(alphaDerivative: T, varianceGrowth: T) -> P {
    average { field(of: $0, alphaDerivative, varianceGrowth) }
  }

  @inlinable
  func field(of k: Int, _ alphaDerivative: T, _ varianceGrowth: T) -> [T] {
    let g = mean(of: k)
    let s = score(of: k)
    return g.indices.map { alphaDerivative * g[$0] - varianceGrowth * s[$0] }
  }

  /// div u = sum_k r_k (div u_k + (s_k - s) . u_k), since nabla r_k = r_k (s_k - s).
  @inlinable
  func divergence(alphaDerivative: T, varianceGrowth: T) -> T {
    let s = score
    var sum: T = 0
    for k in responsibilities.indices {
      let component = mixture.components[k]
      let sk = score(of: k)
      let uk = field(of: k, alphaDerivative, varianceGrowth)
      var term: T = 0
      for i in sk.indices {
        let growth = alphaDerivative * alpha * T(component.variances[i]) + varianceGrowth
        term += growth * precisions[k][i] + (sk[i] - s[i]) * uk[i]
      }
      sum += responsibilities[k] * term
    }
    return sum
  }
}
