public import RealModule

/// A component of a mixture on the line, kept as plain numbers: reading it copies no arrays.
@usableFromInline
struct LineComponent: Sendable {
  @usableFromInline let weight: Double
  @usableFromInline let mean: Double
  @usableFromInline let variance: Double

  @usableFromInline
  init(weight: Double, mean: Double, variance: Double) {
    self.weight = weight
    self.mean = mean
    self.variance = variance
  }

  /// The pieces of w N(x; alpha m, v), v = alpha^2 s^2 + variance, as height exp(exponent) / sqrt(2 pi),
  /// and the residual (x - alpha m) / v, which is minus the component's score.
  @inlinable
  func term<T: RealNumber>(_ x: T, alpha: T, variance noise: T) -> (height: T, exponent: T, residual: T) {
    let v = alpha * alpha * T(variance) + noise
    precondition(v > 0, "a Gaussian without spread is a point mass: it has no density")
    let y = x - alpha * T(mean)
    let residual = y / v
    return (T(weight) / v.squareRoot(), -y * residual / 2, residual)
  }
}

/// Closed forms of x = alpha z + beta eps for z on the line, variance = beta^2, without intermediate storage:
/// terms are added relative to the one with the largest exponent so far.
extension GaussianMixture {
  @inlinable
  func lineLogDensity<T: RealNumber>(_ x: T, alpha: T, variance: T) -> T {
    var largest: T = 0
    var sum: T = 0
    for k in line.indices {
      let (height, exponent, _) = line[k].term(x, alpha: alpha, variance: variance)
      if k == 0 || exponent > largest {
        sum = k == 0 ? height : sum * T.exp(largest - exponent) + height
        largest = exponent
      } else {
        // Exponents may both be -infinity, whose difference is not a number. Equal ones that are finite need their
        // difference all the same: of dual numbers it has a derivative.
        sum += largest == -.infinity ? height : height * T.exp(exponent - largest)
      }
    }
    return largest + T.log(sum) - T(logTwoPi / 2)
  }

  /// a E[z | x] + b nabla log p(x).
  @inlinable
  func lineCombination<T: RealNumber>(_ x: T, alpha: T, variance: T, mean a: T, score b: T) -> T {
    var largest: T = 0
    var sum: T = 0
    var weighted: T = 0
    for k in line.indices {
      let (height, exponent, residual) = line[k].term(x, alpha: alpha, variance: variance)
      let value = a * T(line[k].mean) + (a * alpha * T(line[k].variance) - b) * residual
      if k == 0 || exponent > largest {
        let shrunk: T = k == 0 ? 0 : T.exp(largest - exponent)
        sum = sum * shrunk + height
        weighted = weighted * shrunk + height * value
        largest = exponent
      } else {
        let weight = largest == -.infinity ? height : height * T.exp(exponent - largest)
        sum += weight
        weighted += weight * value
      }
    }
    return weighted / sum
  }

  /// A draw from component `index`.
  @inlinable
  func lineSample<G: RandomNumberGenerator>(of index: Int, using generator: inout G) -> Double {
    line[index].mean + line[index].variance.squareRoot() * generator.normal()
  }
}
