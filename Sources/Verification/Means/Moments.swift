/// Count, mean and second and third central moments of a stream of numbers, in one pass.
///
/// Sums of powers are taken about the first number, which keeps the cancellation harmless as long as that
/// one is typical: for numbers k standard deviations away about 2 log2 k digits are lost of 53. They are counted in
/// units of the first distance from it, since the cubes of numbers near 1e-200 or 1e200 are no numbers.
struct Moments {
  private(set) var count = 0
  private var pivot = 0.0
  /// A power of two, so that counting in it rounds nothing.
  private var unit = 0.0
  private var inverse = 0.0
  private var first = 0.0
  private var second = 0.0
  private var third = 0.0

  mutating func add(_ x: Double) {
    if count == 0 { pivot = x }
    count += 1
    let distance = x - pivot
    if unit == 0 { setUnit(by: distance) }
    let d = distance * inverse
    let square = d * d
    first += d
    second += square
    third += square * d
  }

  private mutating func setUnit(by distance: Double) {
    guard distance != 0, distance.isFinite else { return }
    unit = max(distance.magnitude.binade, .leastNormalMagnitude)
    inverse = 1 / unit
  }

  private var offset: Double { count > 0 ? first / Double(count) : 0 }
  /// Mean square about the mean, in units.
  private var spread: Double { count > 0 ? max(0, second / Double(count) - offset * offset) : 0 }

  var mean: Double { pivot + offset * unit }
  var deviation: Double {
    count > 1 ? unit * (spread * Double(count) / Double(count - 1)).squareRoot() : .infinity
  }
  var standardError: Double { deviation / Double(count).squareRoot() }

  /// Third standardised moment; 0 for a constant.
  var skewness: Double {
    guard count > 2, spread > 0 else { return 0 }
    let n = Double(count)
    let central = third / n - 3 * offset * second / n + 2 * offset * offset * offset
    return central / (spread * spread.squareRoot())
  }
}
