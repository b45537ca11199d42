import Diffusion
import Verification

/// A mixture of two normals and a path to it, drawn anew for every seed: x_t = alpha z + beta e.
///
/// Formulas are written out here and generic, so that derivatives are exact and nothing is shared with the
/// library's own distributions and paths.
struct World {
  var weights = [0.3, 0.7]
  var means = [-1.2, 1.0]
  var deviations = [0.5, 0.8]
  var schedule = Schedule.trigonometric
  /// How far the domains' ends are from 0 and 1.
  var margin = 0.1
  var dimension = 2
  /// Entries of matrices: of a stable, unsymmetric one and of two covariances.
  var entries = [0.4, -0.9, 0.7, -0.5, 0.3, 0.8]

  enum Schedule: CaseIterable { case trigonometric, linear, cubic, exponential }

  /// The world in which the witnesses were computed.
  static let reference = World()

  init() {}

  init(seed: UInt64) {
    var stream = RandomStream(seed: seed, path: 77)
    func uniform(_ a: Double, _ b: Double) -> Double { a + (b - a) * stream.uniform() }
    let w = uniform(0.25, 0.75)
    weights = [w, 1 - w]
    means = [uniform(-1.6, -0.7), uniform(0.6, 1.4)]
    deviations = [uniform(0.4, 0.9), uniform(0.4, 0.9)]
    schedule = Schedule.allCases[stream.categorical([1, 1, 1, 1])]
    margin = uniform(0.08, 0.15)
    dimension = 2 + stream.categorical([1, 1])
    entries = (0..<6).map { _ in (stream.uniform() < 0.5 ? -1 : 1) * uniform(0.3, 0.9) }
  }

  func alpha<T: RealNumber>(_ t: T) -> T {
    switch schedule {
    case .trigonometric: sin(T(Double.pi / 2) * t)
    case .linear: t
    case .cubic: t * t * (3 - 2 * t)
    case .exponential: exp(-(1 - t) * (1 + T(1.5) * (1 - t)) / 2)
    }
  }

  func beta<T: RealNumber>(_ t: T) -> T {
    switch schedule {
    case .trigonometric: cos(T(Double.pi / 2) * t)
    case .linear: 1 - t
    case .cubic: (1 - t) * (1 + t / 2)
    case .exponential: sqrt(1 - exp(-(1 - t) * (1 + T(1.5) * (1 - t))))
    }
  }

  func alpha1(_ t: Double) -> Double { derivative(at: t) { alpha($0) } }
  func beta1(_ t: Double) -> Double { derivative(at: t) { beta($0) } }

  /// Variance of component k of p_t.
  func variance<T: RealNumber>(_ k: Int, _ t: T) -> T {
    let (a, b) = (alpha(t), beta(t))
    return a * a * T(deviations[k] * deviations[k]) + b * b
  }

  func component<T: RealNumber>(_ k: Int, _ x: T, _ t: T) -> T {
    let v = variance(k, t)
    let y = x - alpha(t) * T(means[k])
    return T(weights[k]) * exp(-y * y / (2 * v)) / sqrt(T(2 * Double.pi) * v)
  }

  /// p_t(x).
  func density<T: RealNumber>(_ x: T, _ t: T) -> T { component(0, x, t) + component(1, x, t) }

  /// P(component k | x_t = x).
  func responsibility<T: RealNumber>(_ k: Int, _ x: T, _ t: T) -> T { component(k, x, t) / density(x, t) }

  /// Score of component k.
  func slope<T: RealNumber>(_ k: Int, _ x: T, _ t: T) -> T { (alpha(t) * T(means[k]) - x) / variance(k, t) }

  /// s = d/dx log p_t.
  func score<T: RealNumber>(_ x: T, _ t: T) -> T {
    responsibility(0, x, t) * slope(0, x, t) + responsibility(1, x, t) * slope(1, x, t)
  }

  func score1(_ x: Double, _ t: Double) -> Double { derivative(at: x) { score($0, Dual(t)) } }

  /// Mean and variance of z given x and component k.
  func posterior<T: RealNumber>(_ k: Int, _ x: T, _ t: T) -> (mean: T, variance: T) {
    let s2 = T(deviations[k] * deviations[k])
    let v = variance(k, t)
    let gain = alpha(t) * s2 / v
    return (T(means[k]) + gain * (x - alpha(t) * T(means[k])), s2 * beta(t) * beta(t) / v)
  }

  /// E[z^n | x_t = x] for n = 1, 2, 3, by components.
  func moment<T: RealNumber>(_ n: Int, _ x: T, _ t: T) -> T {
    var sum: T = 0
    for k in 0..<2 {
      let (m, q) = posterior(k, x, t)
      let value = n == 1 ? m : n == 2 ? m * m + q : m * m * m + 3 * m * q
      sum += responsibility(k, x, t) * value
    }
    return sum
  }

  /// Var(z | x_t = x).
  func posteriorVariance<T: RealNumber>(_ x: T, _ t: T) -> T {
    let m = moment(1, x, t)
    return moment(2, x, t) - m * m
  }

  /// E[e | x_t = x].
  func noise<T: RealNumber>(_ x: T, _ t: T) -> T { (x - alpha(t) * moment(1, x, t)) / beta(t) }

  /// u_t(x) = E[alpha' z + beta' e | x_t = x].
  func velocity(_ x: Double, _ t: Double) -> Double { alpha1(t) * moment(1, x, t) + beta1(t) * noise(x, t) }

  /// The velocity in terms of the score, generic for its derivatives in x.
  func field<T: RealNumber>(_ x: T, _ t: Double) -> T {
    let (a, b, a1, b1) = (alpha(t), beta(t), alpha1(t), beta1(t))
    return T(a1 / a) * x + T(b * (b * a1 / a - b1)) * score(x, T(t))
  }

  /// E[z^n] of the data.
  func dataMoment(_ n: Int) -> Double {
    (0..<2).reduce(0) { sum, k in
      let (m, v) = (means[k], deviations[k] * deviations[k])
      let value = [1, m, m * m + v, m * m * m + 3 * m * v, m * m * m * m + 6 * m * m * v + 3 * v * v][n]
      return sum + weights[k] * value
    }
  }

  func dataDensity(_ z: Double) -> Double {
    (0..<2).reduce(0) { $0 + weights[$1] * normal(z, means[$1], deviations[$1]) }
  }

  /// A draw of z, e and x_t = alpha z + beta e.
  func draw(_ t: Double, _ draws: inout Draws) -> (z: Double, e: Double, x: Double) {
    let k = draws.uniform() < weights[0] ? 0 : 1
    let z = means[k] + deviations[k] * draws.normal()
    let e = draws.normal()
    return (z, e, alpha(t) * z + beta(t) * e)
  }

  /// Integral of p_t f over the line by the trapezoidal rule, whose error is far below rounding for
  /// functions as smooth as these (Trefethen and Weideman, SIAM Review 56, 2014).
  func average(_ t: Double, _ f: (Double) -> Double) -> Double {
    let h = 1.0 / 32
    return (-384...384).reduce(0) { sum, i in
      let x = Double(i) * h
      return sum + h * density(x, t) * f(x)
    }
  }
}

/// The density of N(m, s^2).
func normal<T: RealNumber>(_ x: T, _ m: T, _ s: T) -> T {
  let y = (x - m) / s
  return exp(-y * y / 2) / (s * sqrt(T(2 * Double.pi)))
}

/// A number that does not vary with what is differentiated by.
func constant(_ x: Double) -> Dual<Double> { Dual(x, 0) }
