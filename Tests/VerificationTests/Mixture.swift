import Glibc

/// A mixture of two normals on a linear path, in formulas of this file alone: x_t = t z + (1 - t) e,
/// z ~ 0.3 N(-2, 0.5^2) + 0.7 N(1, 0.8^2).
enum Mixture {
  static let weights = [0.3, 0.7]
  static let means = [-2.0, 1]
  static let deviations = [0.5, 0.8]

  static func alpha(_ t: Double) -> Double { t }
  static func beta(_ t: Double) -> Double { 1 - t }

  static func normal(_ x: Double, _ m: Double, _ s: Double) -> Double {
    exp(-(x - m) * (x - m) / (2 * s * s)) / (s * (2 * Double.pi).squareRoot())
  }

  static func data(_ z: Double) -> Double {
    weights[0] * normal(z, means[0], deviations[0]) + weights[1] * normal(z, means[1], deviations[1])
  }

  static func deviation(_ k: Int, _ t: Double) -> Double {
    (t * t * deviations[k] * deviations[k] + (1 - t) * (1 - t)).squareRoot()
  }

  static func density(_ x: Double, _ t: Double) -> Double {
    weights[0] * normal(x, t * means[0], deviation(0, t)) + weights[1]
      * normal(x, t * means[1], deviation(1, t))
  }

  static func score(_ x: Double, _ t: Double) -> Double {
    var sum = 0.0
    for k in 0..<2 {
      let s = deviation(k, t)
      sum += weights[k] * normal(x, t * means[k], s) * (t * means[k] - x) / (s * s)
    }
    return sum / density(x, t)
  }

  static func posterior(_ z: Double, _ x: Double, _ t: Double) -> Double {
    data(z) * normal(x, t * z, 1 - t) / density(x, t)
  }
}
