import Diffusion
import Testing
import Verification

/// A verdict does not depend on the unit in which both sides are measured, also where squares and cubes of
/// the sides are no numbers any more.
@Suite struct ScaleTests {
  static let scales = [1e-200, 1e-110, 1, 1e110, 1e200]

  @Test(arguments: scales)
  func identities(_ unit: Double) {
    func check(_ factor: Double) -> Check {
      verify("eq-scale", over: Domain(x: 0.5...2, y: 0.5...2)) { x, y in
        unit * (x + y) * (x - y)
      } equals: { x, y in
        factor * unit * (x * x - y * y)
      }
    }
    #expect(check(1).verdict == .verified, "\(check(1))")
    let wrong = check(2)
    #expect(wrong.verdict == .refuted && wrong.diagnosis.contains("1/2 times"), "\(wrong)")
  }

  /// An error of a tenth is no verification at any size of the sides.
  @Test(arguments: scales)
  func errorsThatHideADifference(_ unit: Double) {
    let check = verify("eq-scale", over: Domain(x: 0.5...2)) { x in
      Estimate(unit * x, truncation: 0.01 * unit)
    } equals: { x in
      1.01 * unit * x
    }
    #expect(check.verdict == .inconclusive, "\(check)")
  }

  @Test(arguments: scales)
  func means(_ unit: Double) {
    func check(_ factor: Double) -> Check {
      verify("eq-scale", over: Domain(t: 0.5...1), resolving: 0.1) { t in
        mean { draws in
          let x: Double = draws.normal()
          return unit * t * x * x
        }
      } equals: { t in
        factor * unit * t
      }
    }
    #expect(check(1).verdict == .verified, "\(check(1))")
    let wrong = check(2)
    #expect(wrong.verdict == .refuted && wrong.diagnosis.contains("1/2 times"), "\(wrong)")
  }

  @Test(arguments: scales)
  func laws(_ unit: Double) {
    func check(_ factor: Double) -> Check {
      verify("eq-scale", resolving: 0.05) {
        law { draws in unit * draws.normal() }
      } equals: {
        law { draws in factor * unit * draws.normal() }
      }
    }
    #expect(check(1).verdict == .verified, "\(check(1))")
    #expect(check(1.3).verdict == .refuted, "\(check(1.3))")
  }

  @Test(arguments: scales)
  func integrals(_ unit: Double) {
    func check(_ factor: Double) -> Check {
      verify("eq-scale", over: Domain(x: 0.5...1.5)) { x in
        integral(over: -12...12) { z in unit * exp(-z * z / (2 * x * x)) }
      } equals: { x in
        factor * unit * x * (2 * Double.pi).squareRoot()
      }
    }
    #expect(check(1).verdict == .verified, "\(check(1))")
    #expect(check(2).verdict == .refuted, "\(check(2))")
  }
}
