import Diffusion
import RealModule
import Testing

@Suite struct ScheduleTests {
  static let schedules: [any Schedule] = [
    LinearSchedule(), PolynomialSchedule(dataPower: 2, noisePower: 1.5), CosineSchedule(offset: 0),
    CosineSchedule(offset: 0.008), VariancePreservingSchedule(rates: 0.1...20),
    SubVariancePreservingSchedule(rates: 0.2...12), VarianceExplodingSchedule(deviations: 0.05...9),
    KarrasSchedule(deviations: 0.01...5, rho: 7),
  ]

  /// Against central differences of order 4 with h = 1e-4: relative error near 1e-10 at worst.
  @Test(arguments: schedules.indices, [0.07, 0.31, 0.5, 0.88])
  func derivativesAreExact(index: Int, t: Double) {
    let s = ScheduleTests.schedules[index]
    func difference(_ f: (Double) -> Double) -> Double {
      let h = 1e-4
      return (8 * (f(t + h) - f(t - h)) - (f(t + 2 * h) - f(t - 2 * h))) / (12 * h)
    }
    func expectClose(_ a: Double, _ b: Double) { #expect(abs(a - b) < 1e-8 * max(1, abs(b)), "\(s) at \(t)") }
    expectClose(s.alphaDerivative(t), difference { s.alpha($0) })
    expectClose(s.betaDerivative(t), difference { s.beta($0) })
    expectClose(s.varianceGrowth(t), s.beta(t) * s.betaDerivative(t))
    expectClose(s.variance(t), s.beta(t) * s.beta(t))
    expectClose(derivative(at: t) { s.varianceGrowth($0) }, difference { s.varianceGrowth($0) })
    expectClose(s.logSNR(t), 2 * Double.log(s.alpha(t) / s.beta(t)))
  }

  @Test(arguments: [0, 1, 2, 3])
  func noiseAtZeroAndDataAtOne(index: Int) {
    let s = ScheduleTests.schedules[index]
    #expect(s.alpha(0.0) == 0 && abs(s.beta(0.0) - 1) < 1e-15)
    #expect(abs(s.alpha(1.0) - 1) < 1e-15 && s.beta(1.0) == 0)
  }

  /// With powers of 1 the polynomial schedule is the linear one, derivatives at both ends included.
  @Test(arguments: [0.0, 0.3, 1.0])
  func polynomialsOfDegreeOneAreLinear(t: Double) {
    let (s, linear) = (PolynomialSchedule(dataPower: 1, noisePower: 1), LinearSchedule())
    #expect(s.alphaDerivative(t) == 1 && s.betaDerivative(t) == -1)
    #expect(s.varianceGrowth(t) == linear.varianceGrowth(t))
  }

  @Test func endsThatAreNotExactAreAsDocumented() {
    let preserving = VariancePreservingSchedule(rates: 0.1...20)
    #expect(preserving.alpha(1.0) == 1 && preserving.beta(1.0) == 0)
    #expect(abs(preserving.alpha(0.0) - Double.exp(-20.1 / 4)) < 1e-16)
    // beta' is infinite at the data, beta beta' = -b(0)/2 is not.
    #expect(preserving.betaDerivative(1.0 - 1e-12) < -1e4)
    #expect(preserving.varianceGrowth(1.0) == -0.05)
    let exploding = VarianceExplodingSchedule(deviations: 0.05...9)
    #expect(exploding.beta(1.0) == 0 && abs(exploding.variance(0.0) - (81 - 0.0025)) < 1e-12)
    let karras = KarrasSchedule()
    #expect(abs(karras.beta(0.0) - 80) < 1e-12 && abs(karras.beta(1.0) - 0.002) < 1e-15)
  }

  @Test(arguments: [0.0, 0.2, 0.9, 1.0])
  func variancePreservingStaysOnTheCircle(t: Double) {
    for s in [ScheduleTests.schedules[2], ScheduleTests.schedules[3], ScheduleTests.schedules[4]] {
      #expect(abs(s.alpha(t) * s.alpha(t) + s.variance(t) - 1) < 1e-15)
    }
  }

  /// alpha-bar of Nichol and Dhariwal's formula as they write it, at s = 1 - t.
  @Test func cosineIsNicholAndDhariwals() {
    func f(_ s: Double) -> Double { Double.pow(.cos((s + 0.008) / 1.008 * .pi / 2), 2) }
    for t in [0.1, 0.45, 0.9] {
      let a = CosineSchedule(offset: 0.008).alpha(t)
      #expect(abs(a * a - f(1 - t) / f(0)) < 1e-15)
    }
  }

  /// The levels of Karras et al., table 1 formula, for five steps.
  @Test func karrasLevels() {
    let levels = KarrasSchedule().levels(5)
    let expected = (0..<5).map { i in
      let (most, least) = (Double.pow(80, 1.0 / 7), Double.pow(0.002, 1.0 / 7))
      return Double.pow(most + Double(i) / 4 * (least - most), 7)
    }
    for (level, value) in zip(levels, expected) { #expect(abs(level - value) < 1e-13 * value) }
    #expect(levels.count == 6 && levels[5] == 0)
    // The 18 levels that their code takes for CIFAR-10, by NumPy.
    let usual = KarrasSchedule().levels(18)
    for (i, value) in [
      (0, 80), (1, 57.58598472124816), (5, 12.91008238075732), (9, 1.9233398370400518),
      (16, 0.007528019962784078), (17, 0.002),
    ] {
      #expect(abs(usual[i] - value) < 1e-13 * value)
    }
  }
}
