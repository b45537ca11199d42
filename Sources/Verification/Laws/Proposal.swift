import Diffusion
import Glibc

/// A broad distribution around given draws, from which a density in closed form is sampled with weights.
///
/// A multivariate t with 5 degrees of freedom and 1.3 times the draws' covariance: its tails are heavier
/// than those of a normal law, so that weights stay bounded.
struct Proposal {
  private let mean: [Double]
  private let factor: Matrix<Double>
  private let logNormaliser: Double
  private static let degrees = 5

  /// Nil where the draws have no positive definite covariance.
  init?(around draws: [Vector<Double>]) {
    guard let d = draws.first?.count, draws.count > 4 * d else { return nil }
    let n = Double(draws.count)
    let mean = (0..<d).map { j in draws.reduce(0) { $0 + $1[j] } / n }
    let covariance = Matrix<Double>(rows: d, columns: d) { i, j in
      1.3 * draws.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) } / n
    }
    guard let factor = covariance.cholesky() else { return nil }
    self.mean = mean
    self.factor = factor
    let nu = Double(Self.degrees)
    let logDeterminant = (0..<d).reduce(0) { $0 + log(factor[$1, $1]) }
    logNormaliser =
      lgamma((nu + Double(d)) / 2) - lgamma(nu / 2) - Double(d) / 2 * log(nu * .pi) - logDeterminant
  }

  /// A draw and its density.
  func sample(_ draws: inout Draws) -> (x: Vector<Double>, density: Double) {
    let d = mean.count
    let z = (0..<d).map { _ in draws.normal() }
    let chi = (0..<Self.degrees).reduce(0.0) { sum, _ in
      let y = draws.normal()
      return sum + y * y
    }
    let nu = Double(Self.degrees)
    let stretch = (nu / chi).squareRoot()
    let square = z.reduce(0) { $0 + $1 * $1 } * stretch * stretch
    let x = Vector<Double>(count: d) { i in
      mean[i] + stretch * (0...i).reduce(0) { $0 + factor[i, $1] * z[$1] }
    }
    return (x, exp(logNormaliser - (nu + Double(d)) / 2 * log(1 + square / nu)))
  }
}
