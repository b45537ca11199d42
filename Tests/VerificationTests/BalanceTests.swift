import Diffusion
import Testing
import Verification

/// The continuity equation of x_t = t z + (1 - t) e, z ~ N(1, s^2): log p = -(x - t)^2 / (2 v) - log v / 2,
/// v = t^2 s^2 + (1 - t)^2, with velocity u = 1 + v' (x - t) / (2 v).
@Suite struct BalanceTests {
  static let s = 0.5
  static func variance(_ t: Double) -> Double { t * t * s * s + (1 - t) * (1 - t) }
  static func slope(_ t: Double) -> Double { 2 * t * s * s - 2 * (1 - t) }
  static func score(_ t: Double, _ x: Double) -> Double { -(x - t) / variance(t) }
  static func velocity(_ t: Double, _ x: Double) -> Double { 1 + slope(t) * (x - t) / (2 * variance(t)) }
  static func timeDerivative(_ t: Double, _ x: Double) -> Double {
    derivative(at: t) { t in
      let v = t * t * Dual(s * s) + (1 - t) * (1 - t)
      let y = Dual(x) - t
      return -y * y / (2 * v) - 0.5 * log(v)
    }
  }

  func check(_ velocity: @escaping (Double, Double) -> Double, sign: Double = 1) -> Check {
    verify(
      "eq-continuity", over: Domain(t: 0.05...0.95, x: -3...3),
      terms: { t, x in
        [
          "d_t log p": Self.timeDerivative(t, x), "div u": Self.slope(t) / (2 * Self.variance(t)),
          "u grad log p": sign * velocity(t, x) * Self.score(t, x),
        ]
      })
  }

  @Test func theContinuityEquationHolds() {
    let check = check(Self.velocity)
    #expect(check.verdict == .verified, "\(check)")
    #expect(check.resolution < 1e-10)
  }

  @Test func theWrongTermIsNamed() {
    #expect(check(Self.velocity, sign: -1).diagnosis.contains("u grad log p has the wrong sign"))
    #expect(check(Self.velocity, sign: 2).diagnosis.contains("u grad log p were 1/2 times"))
    #expect(check { t, x in Self.velocity(t, x) + 0.1 }.verdict == .refuted)
  }
}
