import Diffusion
import Testing

@Suite struct PredictionTests {
  /// One z and eps, and what each prediction of them is; every conversion leads from one to another.
  @Test(arguments: Prediction.allCases, Prediction.allCases)
  func conversionsAgree(source: Prediction, target: Prediction) {
    func check(_ schedule: some Schedule, _ t: Double) {
      let path = GaussianPath(schedule: schedule)
      let z: Vector<Double> = [0.7, -1.9]
      let noise: Vector<Double> = [1.1, 0.4]
      let (alpha, beta) = (path.alpha(t), path.beta(t))
      let x = alpha * z + beta * noise
      let values: [Prediction: Vector<Double>] = [
        .data: z, .noise: noise, .v: alpha * noise - beta * z, .score: (-1 / beta) * noise,
        .velocity: path.alphaDerivative(t) * z + path.betaDerivative(t) * noise,
      ]
      let converted = path.convert(values[source]!, from: source, to: target, at: x, t)
      let scale = max(1, values[target]!.largestMagnitude)
      #expect((converted - values[target]!).largestMagnitude < 1e-12 * scale, "\(schedule) at \(t)")
    }
    for t in [0.2, 0.55, 0.9] {
      check(LinearSchedule(), t)
      check(VariancePreservingSchedule(rates: 0.1...20), t)
      check(PolynomialSchedule(dataPower: 2, noisePower: 1.5), t)
      check(KarrasSchedule(), t)
    }
  }

  /// What the marginal path's own closed forms say of one another.
  @Test func expectationsConvertToo() {
    let path = GaussianPath(schedule: .cosine())
    let marginal = path.marginal(over: Examples.space)
    let (x, t) = (Examples.spacePoint, 0.45)
    let velocity = path.convert(marginal.denoiser(x, at: t), from: .data, to: .velocity, at: x, t)
    #expect((velocity - marginal.field(x, at: t)).largestMagnitude < 1e-13)
    let score = path.convert(marginal.field(x, at: t), from: .velocity, to: .score, at: x, t)
    #expect((score - marginal.score(x, at: t)).largestMagnitude < 1e-12)
  }
}
