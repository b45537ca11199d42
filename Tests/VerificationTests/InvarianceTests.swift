import Diffusion
import Testing
import Verification

@Suite struct InvarianceTests {
  static func rotated(_ x: Vector<Double>) -> Vector<Double> {
    [0.6 * x[0] - 0.8 * x[1], 0.8 * x[0] + 0.6 * x[1]]
  }

  @Test func radialFunctions() {
    func check(_ weight: Double) -> Check {
      verifyInvariance("eq-radial", over: Domain(t: 0.1...0.9, vector: .box(-2...2, dimension: 2))) { t, x in
        (t, Self.rotated(x))
      } of: { t, x in
        exp(-t * (x[0] * x[0] + weight * x[1] * x[1]))
      }
    }
    #expect(check(1).verdict == .verified, "\(check(1))")
    #expect(check(1.1).verdict == .refuted, "\(check(1.1))")
  }

  @Test func scoresTurnWithTheirPoint() {
    func check(_ carry: @escaping (Vector<Double>) -> Vector<Double>) -> Check {
      verifyEquivariance("eq-score", over: Domain(vector: .box(-2...2, dimension: 2))) { x in
        Self.rotated(x)
      } of: { x in
        -1 / (1 + x.squaredNorm) * x
      } carriedBy: { score in
        carry(score)
      }
    }
    #expect(check(Self.rotated).verdict == .verified, "\(check(Self.rotated))")
    #expect(check { $0 }.verdict == .refuted)
  }

  /// The Ornstein-Uhlenbeck transition over time h: x e^-h + sqrt(1 - e^-2h) n leaves N(0, 1) as it is.
  @Test(arguments: [1.0, 0.9])
  func stationaryLaws(_ factor: Double) {
    let h = 0.3
    let check = verifyStationarity("eq-ornstein-uhlenbeck", resolving: 0.05) { draws in
      draws.normal()
    } under: { x, draws in
      x * exp(-h) + factor * sqrt(1 - exp(-2 * h)) * draws.normal()
    }
    #expect(check.verdict == (factor == 1 ? .verified : .refuted), "\(check)")
    #expect(check.kind == "stationarity")
  }
}
