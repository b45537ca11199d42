import Diffusion
import Testing
import Verification

/// Flow matching in one dimension with a velocity that is linear in its parameters: u = a + b x + c t. The
/// marginal velocity of x_t = t z + (1 - t) e, z ~ N(1, s^2), is known.
@Suite struct GradientTests {
  static let s = 0.5

  static func velocity(_ theta: Vector<Double>, _ x: Double, _ t: Double) -> Double {
    theta[0] + theta[1] * x + theta[2] * t
  }

  static func marginalVelocity(_ x: Double, _ t: Double) -> Double {
    let variance = t * t * s * s + (1 - t) * (1 - t)
    return 1 + (t * s * s - (1 - t)) / variance * (x - t)
  }

  static func loss(_ theta: Vector<Double>, isConditional: Bool, factor: Double = 1) -> Mean {
    mean { draws in
      let t = 0.1 + 0.8 * draws.uniform()
      let z = 1 + s * draws.normal()
      let e = draws.normal()
      let x = t * z + (1 - t) * e
      let target = isConditional ? factor * (z - e) : marginalVelocity(x, t)
      let error = velocity(theta, x, t) - target
      return error * error
    }
  }

  static let parameters: [Vector<Double>] = [[0.5, 0.3, -1], [-1, 2, 0.4], [2, -1, 1]]

  @Test func conditionalFlowMatchingHasTheSameGradient() {
    let check = verifyGradient("eq-cfm", at: Self.parameters) { theta in
      Self.loss(theta, isConditional: false)
    } equals: { theta in
      Self.loss(theta, isConditional: true)
    }
    #expect(check.verdict == .verified, "\(check)")
    #expect(check.kind == "equality of gradients")
    let wrong = verifyGradient("eq-cfm", at: Self.parameters) { theta in
      Self.loss(theta, isConditional: false)
    } equals: { theta in
      Self.loss(theta, isConditional: true, factor: 1.5)
    }
    #expect(wrong.verdict == .refuted, "\(wrong)")
  }

  @Test(arguments: [0.0, 0.05])
  func minimaAreFound(_ displacement: Double) {
    let best: Vector<Double> = [1 + displacement, -2]
    let check = verifyMinimum("eq-minimum", at: best, radius: 0.2) { theta in
      let (a, b) = (theta[0] - 1, theta[1] + 2)
      return exp(a * a + a * b + b * b) + a * a * a
    }
    #expect(check.verdict == (displacement == 0 ? .verified : .refuted), "\(check)")
  }

  /// exp(a) - a has odd terms of every order: what the comparison leaves of the fifth is no slope.
  @Test(arguments: [(0.02, 0.0), (0.2, 0), (0.2, 0.02)])
  func minimaWithOddTermsOfHighOrder(_ radius: Double, _ displacement: Double) {
    let best: Vector<Double> = [1 + displacement]
    let plain = verifyMinimum("eq-odd", at: best, radius: radius) { theta in exp(theta[0] - 1) - theta[0] }
    #expect(plain.verdict == (displacement == 0 ? .verified : .refuted), "\(plain)")
    let integrated = verifyMinimum("eq-odd", at: best, radius: radius) { theta in
      integral(over: 0...1) { s in 2 * s * (exp(theta[0] - 1) - theta[0]) }
    }
    #expect(integrated.verdict == (displacement == 0 ? .verified : .refuted), "\(integrated)")
  }

  @Test func aMaximumIsNoMinimum() {
    let best: Vector<Double> = [1, -2]
    let check = verifyMinimum("eq-maximum", at: best) { theta in
      let (a, b) = (theta[0] - 1, theta[1] + 2)
      return exp(-a * a - b * b)
    }
    #expect(check.verdict == .refuted, "\(check)")
  }

  /// Beside a saddle the loss falls along some directions only; the second one falls along one axis alone.
  @Test(arguments: [[1.0, -1.0], [1, 1, 1, -0.01]])
  func aSaddleIsNoMinimum(_ curvatures: [Double]) {
    let best = Vector<Double>(count: curvatures.count) { _ in 0.5 }
    func loss(_ theta: Vector<Double>, _ noise: Double) -> Double {
      var sum = 0.0
      for i in 0..<theta.count { sum += (theta[i] - 0.5) * (curvatures[i] * (theta[i] - 0.5) + noise) }
      return sum
    }
    let plain = verifyMinimum("eq-saddle", at: best) { theta in loss(theta, 0) }
    #expect(plain.verdict == .refuted && plain.sentence.contains("the loss falls along"), "\(plain)")
    let drawn = verifyMinimum("eq-saddle", at: best) { theta in
      mean { draws in loss(theta, 0.1 * draws.normal()) }
    }
    #expect(drawn.verdict == .refuted, "\(drawn)")
  }

  /// E[(z - theta)^2] is minimal at the mean.
  @Test(arguments: [1.0, 1.2])
  func minimaOfMeans(_ at: Double) {
    let best: Vector<Double> = [at]
    let check = verifyMinimum("eq-mean", at: best, radius: 1) { theta in
      mean { draws in
        let d = 1 + 0.5 * draws.normal() - theta[0]
        return d * d
      }
    }
    #expect(check.verdict == (at == 1 ? .verified : .refuted), "\(check)")
  }

  @Test func badParameters() {
    let none = verifyGradient("eq", at: []) { _ in
      0.0
    } equals: { _ in
      0.0
    }
    #expect(none.verdict == .inconclusive && none.sentence.contains("no parameters"))
    let mixed = verifyGradient("eq", at: [[1], [1, 2]]) {
      $0[0]
    } equals: {
      $0[0]
    }
    #expect(mixed.verdict == .inconclusive && mixed.sentence.contains("differ in dimension"))
  }
}
