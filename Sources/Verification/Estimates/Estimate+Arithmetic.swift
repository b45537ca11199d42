import Glibc

extension Estimate {
  /// The value of a rounded operation whose inputs' errors are amplified as given.
  fileprivate init(_ value: Double, _ a: Estimate, _ amplifyA: Double, _ b: Estimate, _ amplifyB: Double) {
    // An error of zero stays zero, even amplified without bound.
    func carried(_ error: (Estimate) -> Double) -> Double {
      (error(a) == 0 ? 0 : amplifyA * error(a)) + (error(b) == 0 ? 0 : amplifyB * error(b))
    }
    self.init(
      value, rounding: carried(\.rounding) + halfUnit(value), truncation: carried(\.truncation),
      standardError: carried(\.standardError), samples: Swift.max(a.samples, b.samples))
  }

  public static func + (a: Estimate, b: Estimate) -> Estimate { Estimate(a.value + b.value, a, 1, b, 1) }
  public static func - (a: Estimate, b: Estimate) -> Estimate { Estimate(a.value - b.value, a, 1, b, 1) }

  /// The product; the errors' own product is kept, so the bound holds beyond first order.
  public static func * (a: Estimate, b: Estimate) -> Estimate {
    Estimate(a.value * b.value, a, b.value.magnitude + b.error, b, a.value.magnitude)
  }

  /// The quotient. Unbounded where the divisor's error reaches zero.
  public static func / (a: Estimate, b: Estimate) -> Estimate {
    let least = b.value.magnitude - b.rounding - b.truncation
    let quotient = a.value / b.value
    guard least > 0 else {
      return Estimate(quotient, truncation: .infinity, samples: Swift.max(a.samples, b.samples))
    }
    return Estimate(quotient, a, 1 / least, b, quotient.magnitude / least)
  }

  public static prefix func - (a: Estimate) -> Estimate {
    Estimate(
      -a.value, rounding: a.rounding, truncation: a.truncation, standardError: a.standardError,
      samples: a.samples)
  }

  public static func + (a: Estimate, b: Double) -> Estimate { a + Estimate(b) }
  public static func + (a: Double, b: Estimate) -> Estimate { Estimate(a) + b }
  public static func - (a: Estimate, b: Double) -> Estimate { a - Estimate(b) }
  public static func - (a: Double, b: Estimate) -> Estimate { Estimate(a) - b }
  public static func * (a: Estimate, b: Double) -> Estimate { a * Estimate(b) }
  public static func * (a: Double, b: Estimate) -> Estimate { Estimate(a) * b }
  public static func / (a: Estimate, b: Double) -> Estimate { a / Estimate(b) }
  public static func / (a: Double, b: Estimate) -> Estimate { Estimate(a) / b }

  /// A function of the estimate; errors are amplified by the magnitude of its derivative here.
  ///
  ///     let logMass = mass.map(log) { 1 / $0 }
  public func map(_ function: (Double) -> Double, derivative: (Double) -> Double) -> Estimate {
    Estimate(function(value), self, derivative(value).magnitude, Estimate(0), 0)
  }

  public func exponential() -> Estimate { map({ exp($0) }, derivative: { exp($0) }) }
  public func logarithm() -> Estimate { map({ log($0) }, derivative: { 1 / $0 }) }
  public func squareRoot() -> Estimate { map({ $0.squareRoot() }, derivative: { 0.5 / $0.squareRoot() }) }
}

/// Half a unit in the last place: the error of one operation rounded to nearest.
func halfUnit(_ value: Double) -> Double { value.isFinite ? value.ulp / 2 : .infinity }
