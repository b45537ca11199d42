// The evolution equations of densities, divided by the density and term by term: so the terms keep their size
// where p is tiny, and a check can compare their sum, which should vanish, with the size of each. All
// derivatives are exact, by dual numbers.

extension DensityPath {
  /// The terms of the continuity equation d_t p + div(p u) = 0, divided by p:
  ///
  ///     d_t log p + div u + u . nabla log p = 0
  ///
  /// O(d) evaluations of log p and u.
  @inlinable
  public func continuityTerms<F: Field, P: Point>(_ u: F, _ x: P, at t: P.Scalar) -> KeyValuePairs<
    String, P.Scalar
  > {
    let flow = u(x, at: t)
    return [
      "d_t log p": growth(x, at: t), "div u": u.divergence(x, at: t),
      "u . nabla log p": flow.dot(PathScore(of: self)(x, at: t)),
    ]
  }

  /// The terms of the Fokker-Planck equation d_t p = -div(p f) + 1/2 sum_ij d_i d_j (D_ij p), D = sigma
  /// sigma^T, divided by p:
  ///
  ///     d_t log p + div f + f . s - 1/2 div div D - div D . s - 1/2 D : nabla s - 1/2 s . D s = 0,
  ///
  /// with s = nabla log p. For noise that does not depend on x the terms with div D vanish; they are listed
  /// all the same. O(d^2) evaluations of log p and D.
  /// Source: H. Risken, *The Fokker-Planck Equation*, 2nd ed., section 4.7.
  @inlinable
  public func fokkerPlanckTerms<D: ItoDynamics, P: Point>(
    _ dynamics: D, _ x: P, at t: P.Scalar
  ) -> KeyValuePairs<String, P.Scalar> {
    let terms = FokkerPlanckTerms(dynamics, x, at: t, score: PathScore(of: self)(x, at: t)) { x in
      logDensity(x, at: Dual(Dual(t)))
    }
    return [
      "d_t log p": growth(x, at: t), "div f": terms.spreading, "f . nabla log p": terms.advection,
      "-1/2 div div D": -terms.noiseCurvature / 2, "-div D . nabla log p": -terms.noiseGradient,
      "-1/2 D : nabla nabla log p": -terms.curvature / 2,
      "-1/2 nabla log p . D nabla log p": -terms.steepness / 2,
    ]
  }

  /// d log p / dt.
  @inlinable
  func growth<P: Point>(_ x: P, at t: P.Scalar) -> P.Scalar {
    let constant = Vector<Dual<P.Scalar>>(count: x.count) { Dual(x[$0]) }
    return logDensity(constant, at: Dual(t, 1)).derivative
  }
}

extension Density {
  /// The terms of the stationary Fokker-Planck equation at time t of the dynamics, which vanish together where
  /// this density does not change: those of `fokkerPlanckTerms` without the first.
  @inlinable
  public func stationarityTerms<D: ItoDynamics, P: Point>(
    _ dynamics: D, _ x: P, at t: P.Scalar = 0
  ) -> KeyValuePairs<String, P.Scalar> {
    let terms = FokkerPlanckTerms(dynamics, x, at: t, score: score(x)) { logDensity($0) }
    return [
      "div f": terms.spreading, "f . nabla log p": terms.advection,
      "-1/2 div div D": -terms.noiseCurvature / 2, "-div D . nabla log p": -terms.noiseGradient,
      "-1/2 D : nabla nabla log p": -terms.curvature / 2,
      "-1/2 nabla log p . D nabla log p": -terms.steepness / 2,
    ]
  }
}

/// The spatial parts of the Fokker-Planck equation at one point.
@usableFromInline
struct FokkerPlanckTerms<P: Point> {
  @usableFromInline typealias T = P.Scalar

  /// div f.
  @usableFromInline let spreading: T

  /// f . s.
  @usableFromInline let advection: T

  /// sum_ij d_i d_j D_ij.
  @usableFromInline let noiseCurvature: T

  /// div D . s.
  @usableFromInline let noiseGradient: T

  /// D : nabla s.
  @usableFromInline let curvature: T

  /// s . D s.
  @usableFromInline let steepness: T

  @inlinable
  init<D: ItoDynamics>(
    _ dynamics: D, _ x: P, at t: T, score: P, logDensity: (Vector<Dual<Dual<T>>>) -> Dual<Dual<T>>
  ) {
    let d = x.count
    let rate = dynamics.noiseRate(x, at: t)
    var (curvature, noiseCurvature): (T, T) = (0, 0)
    for i in 0..<d {
      for j in 0..<d {
        let twice = Vector<Dual<Dual<T>>>(count: d) {
          Dual(Dual(x[$0], $0 == i ? 1 : 0), Dual($0 == j ? 1 : 0))
        }
        noiseCurvature += dynamics.noiseRate(twice, at: Dual(Dual(t)))[i, j].derivative.derivative
        if !vanishes(rate[i, j]) { curvature += rate[i, j] * logDensity(twice).derivative.derivative }
      }
    }
    self.curvature = curvature
    self.noiseCurvature = noiseCurvature
    spreading = dynamics.drift.divergence(x, at: t)
    advection = dynamics.drift(x, at: t).dot(score)
    noiseGradient = dynamics.noiseRateDivergence(x, at: t).dot(score)
    steepness = dynamics.noiseRate(x, at: t, times: score).dot(score)
  }
}
