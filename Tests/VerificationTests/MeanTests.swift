import Diffusion
import Testing
import Verification

@Suite struct MeanTests {
  /// x_t = t z + (1 - t) e with z ~ N(1, 0.5^2): E[x_t^2] = (t)^2 + t^2/4 + (1 - t)^2.
  func secondMoment(_ t: Double) -> Double { 1.25 * t * t + (1 - t) * (1 - t) }

  func check(_ right: @escaping (Double) -> Double) -> Check {
    verify("eq-moment", over: Domain(t: 0.1...0.9)) { t in
      mean { draws in
        let x = t * (1 + 0.5 * draws.normal()) + (1 - t) * draws.normal()
        return x * x
      }
    } equals: { t in
      right(t)
    }
  }

  @Test func verifiesASecondMoment() {
    let check = check(secondMoment)
    #expect(check.verdict == .verified, "\(check)")
    #expect(check.resolution <= 2e-2)
  }

  @Test(arguments: [0.9, 1.1, 2, -1])
  func refutesAndNamesFactors(_ c: Double) {
    let check = check { c * secondMoment($0) }
    #expect(check.verdict == .refuted, "\(check)")
    if c == 2 { #expect(check.diagnosis.contains("1/2 times"), "\(check.diagnosis)") }
    if c == -1 { #expect(check.diagnosis.contains("minus"), "\(check.diagnosis)") }
  }

  /// E[s^2] with s = +-x/3 never varies: rounding is then all the error there is.
  @Test(arguments: [1.0, 1.1])
  func summandsThatHappenNotToVary(_ factor: Double) {
    let check = verify("eq-signs", over: Domain(x: 1...2)) { x in
      mean { draws in
        let s = draws.uniform() < 0.5 ? -1.0 : 1.0
        return (s * x / 3) * (s * x / 3)
      }
    } equals: { x in
      factor * x * x / 9
    }
    #expect(check.verdict == (factor == 1 ? .verified : .refuted), "\(check)")
  }

  /// P(A) = p and E[w 1_A] = 1: no draw of the first looks meets the event, which refutes nothing.
  @Test(arguments: [(1e-5, 1.0), (1e-5, 1e5), (1e-4, 1e4)])
  func rareEvents(_ probability: Double, _ weight: Double) {
    for seed in 1...3 as ClosedRange<UInt64> {
      let check = VerificationSession.$current.withValue(VerificationSession(seed: seed, budget: 1_000_000)) {
        verify("eq-rare") {
          mean { draws in draws.uniform() < probability ? weight : 0 }
        } equals: {
          probability * weight
        }
      }
      #expect(check.verdict == .inconclusive, "\(check)")
    }
    let never = VerificationSession.$current.withValue(VerificationSession(budget: 100_000)) {
      verify("eq-never") {
        mean { draws in draws.uniform() < 0 ? 1 : 0 }
      } equals: {
        0.1
      }
    }
    #expect(never.sentence.contains("nothing but zeros"), "\(never)")
  }

  /// Many draws at a time, against the closed form and against the same mean draw by draw.
  @Test(arguments: [1.0, 1.1])
  func batchesOfDraws(_ factor: Double) {
    let batch = { (t: Double) in
      mean(batch: { stream, count in
        let z = Batch<Double>.normals(count: count, dimension: 1, from: stream.path(1)).elements
        let e = Batch<Double>.normals(count: count, dimension: 1, from: stream.path(2)).elements
        return zip(z, e).map { z, e in
          let x = t * (1 + 0.5 * z) + (1 - t) * e
          return x * x
        }
      })
    }
    let closed = verify("eq-moment", over: Domain(t: 0.1...0.9)) { t in
      batch(t)
    } equals: { t in
      factor * secondMoment(t)
    }
    #expect(closed.verdict == (factor == 1 ? .verified : .refuted), "\(closed)")
    let drawn = verify("eq-moment", over: Domain(t: 0.1...0.9), resolving: 0.05) { t in
      batch(t)
    } equals: { t in
      mean { draws in
        let x = t * (1 + 0.5 * draws.normal()) + (1 - t) * draws.normal()
        return factor * x * x
      }
    }
    #expect(drawn.verdict == (factor == 1 ? .verified : .refuted), "\(drawn)")
  }

  @Test func batchesOfVectors() {
    let check = verify("eq-vector", over: Domain(t: 0.1...0.9)) { t in
      mean(
        count: 2,
        batch: { stream, count in
          var rows = Batch<Double>.normals(count: count, dimension: 2, from: stream)
          for i in 0..<count { rows[i] = [1 + t * rows[i, 0], 2 - rows[i, 1]] }
          return rows
        })
    } equals: { _ in
      [1, 2]
    }
    // Neither side varies on purpose.
    #expect(check.verdict == .inconclusive && check.sentence.contains("constant: true"), "\(check)")
  }

  @Test func batchesThatAreNoIndependentDraws() {
    func check(_ batch: @escaping (RandomStream, Int) -> [Double]) -> Check {
      verify("eq-batch", resolving: 0.1) {
        mean(batch: batch)
      } equals: {
        1.0
      }
    }
    let trajectory = check { stream, count in
      var x = 0.0
      return stream.normals(Double.self, 0..<count).map { e in
        x = 0.9 * x + e
        return 1 + x
      }
    }
    #expect(trajectory.sentence.contains("depend on each other"), "\(trajectory)")
    let fixed = check { _, count in RandomStream(seed: 3).normals(Double.self, 0..<count) }
    #expect(fixed.sentence.contains("same draws for every stream"), "\(fixed)")
    let short = check { stream, count in stream.normals(Double.self, 0..<(count / 2)) }
    #expect(short.sentence.contains("was asked for") && short.verdict == .inconclusive, "\(short)")
  }

  /// Both sides as means over the same draws: E[z x_t] = E[E[z | x_t] x_t] for the Gaussian posterior mean.
  @Test func pairsTheDrawsOfTwoMeans() {
    func posteriorMean(_ x: Double, _ t: Double) -> Double {
      let variance = 0.25 * t * t + (1 - t) * (1 - t)
      return 1 + 0.25 * t * (x - t) / variance
    }
    let check = verify("eq-tower", over: Domain(t: 0.2...0.8)) { t in
      mean { draws in
        let z = 1 + 0.5 * draws.normal()
        let x = t * z + (1 - t) * draws.normal()
        return z * tanh(x)
      }
    } equals: { t in
      mean { draws in
        let z = 1 + 0.5 * draws.normal()
        let x = t * z + (1 - t) * draws.normal()
        return posteriorMean(x, t) * tanh(x)
      }
    }
    #expect(check.verdict == .verified, "\(check)")
  }

  @Test func vectorMeans() {
    func check(_ sign: Double) -> Check {
      verify("eq-vector", over: Domain(t: 0.1...0.9)) { t in
        mean(count: 2, antithetic: true) { draws in
          let e = draws.normal()
          return [t + e, exp(t * e)]
        }
      } equals: { t in
        [t, exp(sign * t * t / 2)]
      }
    }
    #expect(check(1).verdict == .verified, "\(check(1))")
    #expect(check(-1).verdict == .refuted, "\(check(-1))")
  }

  /// Euler's method for dx = -x dt + sqrt(2) dw from x = 2 to time 1: the stationary variance is 1 and the
  /// second moment 4 e^-2 + 1 - e^-2. With 8 steps its bias is several percent: neither verified in ignorance
  /// of it nor refuted because of it.
  @Test(arguments: [1.0, 1.25])
  func simulationsAllowForTheirBias(_ factor: Double) {
    let check = verify("eq-ornstein-uhlenbeck", over: Domain("start", 1...3)) { start in
      mean(steps: 8) { draws, steps in
        var x = start
        let h = 1 / Double(steps)
        for dw in draws.increments(steps) { x += -x * h + sqrt(2) * dw }
        return x * x
      }
    } equals: { start in
      factor * (start * start * exp(-2) + 1 - exp(-2))
    }
    #expect(check.verdict == (factor == 1 ? .verified : .refuted), "\(check)")
  }

  /// A ratio of normals has no mean.
  @Test func heavyTailsAreInconclusive() {
    let check = verify("eq-cauchy", over: Domain(t: 0.1...0.9)) { t in
      mean { draws in t + draws.normal() / draws.normal() }
    } equals: { t in
      t
    }
    #expect(check.verdict == .inconclusive, "\(check)")
    #expect(check.sentence.contains("heavy a tail"), "\(check)")
  }

  /// u^(-2/3) has mean 3 and no variance.
  @Test func aTailWithoutVarianceIsInconclusive() {
    let check = verify("eq-pareto", over: Domain(t: 0.1...0.9), constant: true) { t in
      mean { draws in exp(draws.exponential() / 1.5) }
    } equals: { _ in
      3
    }
    #expect(check.verdict == .inconclusive, "\(check)")
  }

  /// Draws that pile up at a bound have the lightest tail there is: x ~ N(t, 1) in -cos and in tanh^2, and
  /// sin(pi u / 2), whose density is infinite at its bound.
  @Test func boundedSummandsAreLight() {
    let cosine = verify("eq-cosine", over: Domain(t: 0.1...0.9)) { t in
      mean { draws in -cos(t + draws.normal()) }
    } equals: { t in
      -cos(t) * exp(-0.5)
    }
    #expect(cosine.verdict == .verified, "\(cosine)")
    let steep = verify("eq-tanh", over: Domain(t: 0.1...0.9)) { t in
      mean { draws in 1 + t * tanh(20 * draws.normal()) }
    } equals: { _ in
      1.0
    }
    #expect(!steep.sentence.contains("heavy"), "\(steep)")
    let arcsine = verify("eq-arcsine", over: Domain(t: 0.1...0.9)) { t in
      mean { draws in t * sin(.pi / 2 * Double.random(in: 0..<1, using: &draws)) }
    } equals: { t in
      t * 2 / .pi
    }
    #expect(arcsine.verdict == .verified, "\(arcsine)")
  }

  @Test func aSmallBudgetIsInconclusive() {
    let check = VerificationSession.$current.withValue(VerificationSession(budget: 300_000)) {
      self.check(secondMoment)
    }
    #expect(check.verdict == .inconclusive, "\(check)")
    #expect(check.sentence.contains("cannot see"), "\(check)")
    let none = VerificationSession.$current.withValue(VerificationSession(budget: 1000)) {
      self.check(secondMoment)
    }
    #expect(none.sentence.contains("budget of 1,000"), "\(none)")
  }

  @Test func aSummandWithStateIsFound() {
    var generator = SystemRandomNumberGenerator()
    let check = verify("eq-state", over: Domain(t: 0.1...0.9)) { t in
      mean { _ in t + generator.normal() }
    } equals: { t in
      t
    }
    #expect(check.verdict == .inconclusive)
    #expect(check.sentence.contains("drawn again"), "\(check)")
  }

  /// The stated resolution: three times it is refuted, a third is not.
  @Test func resolutionIsWhatItSays() {
    let resolution = check(secondMoment).resolution
    #expect(check { (1 + 3 * resolution) * secondMoment($0) }.verdict == .refuted)
    #expect(check { (1 - 3 * resolution) * secondMoment($0) }.verdict == .refuted)
    #expect(check { (1 + resolution / 3) * secondMoment($0) }.verdict != .refuted)
  }

  /// With thresholds loosened to 2.33 standard errors (p = 0.02 two-sided) and no confirmation, one look and
  /// one point, false alarms come at the rate that the normal law says. 600 seeds: within 4 binomial
  /// deviations.
  @Test func falseAlarmsComeAtTheirRate() {
    var session = VerificationSession()
    session.thresholds.deviations = 2.326
    session.thresholds.confirmations = 0
    session.thresholds.looks = 1
    var alarms = 0
    let runs = 600
    for seed in 0..<runs {
      session.seed = UInt64(seed)
      let check = VerificationSession.$current.withValue(session) {
        verify("eq-rate", resolving: 1) {
          mean { draws in draws.exponential() }
        } equals: {
          1.0
        }
      }
      if check.verdict == .refuted { alarms += 1 }
    }
    let expected = 0.02 * Double(runs)
    #expect(abs(Double(alarms) - expected) < 4 * (expected * 0.98).squareRoot(), "\(alarms) alarms")
  }
}
