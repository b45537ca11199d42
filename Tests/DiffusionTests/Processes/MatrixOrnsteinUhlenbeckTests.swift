import Diffusion
import RealModule
import Testing

@Suite struct MatrixOrnsteinUhlenbeckTests {
  static let rate = Matrix([[1.3, 0.4, -0.2], [0.4, 0.8, 0.1], [-0.2, 0.1, 2.1]])
  static let noise = Matrix([[0.9, 0.2, 0.1], [0.2, 0.5, -0.3], [0.1, -0.3, 1.1]])
  static let process = MatrixOrnsteinUhlenbeck(rate: rate, mean: [0.5, -1, 2], noiseCovariance: noise)
  static let start = Gaussian(
    mean: [1, 0.2, -0.3], covariance: Matrix([[0.6, 0.1, 0], [0.1, 0.4, 0.2], [0, 0.2, 0.9]]))

  func expectEqual(
    _ a: Matrix<Double>, _ b: [[Double]], within tolerance: Double = 1e-14,
    _ place: SourceLocation = #_sourceLocation
  ) {
    for i in 0..<b.count {
      for j in 0..<b.count {
        #expect(abs(a[i, j] - b[i][j]) < tolerance, "entry \(i), \(j)", sourceLocation: place)
      }
    }
  }

  /// scipy.linalg: solve_continuous_lyapunov, expm, solve_discrete_lyapunov, and the chain's recursion.
  @Test func lawsAgreeWithSciPy() throws {
    let process = MatrixOrnsteinUhlenbeckTests.process
    expectEqual(
      process.stationaryLaw.covariance,
      [
        [0.3790168857958401, -0.06353199495878342, 0.08654576775539095],
        [-0.06353199495878342, 0.3619907271432987, -0.14179783731125295],
        [0.08654576775539094, -0.14179783731125295, 0.2768994939439064],
      ])
    let later = process.law(from: MatrixOrnsteinUhlenbeckTests.start, after: 0.7)
    #expect(
      (later.mean - [0.43517616993165015, -0.27927151908436876, 1.4450303300722862]).largestMagnitude < 1e-14)
    expectEqual(
      later.covariance,
      [
        [0.393581179392435, -0.023285086817442846, 0.07425523455738167],
        [-0.023285086817442832, 0.33866411060198925, -0.09289003251118158],
        [0.07425523455738167, -0.09289003251118158, 0.30355432161164897],
      ])
    let chain = try #require(process.eulerStationaryLaw(step: 0.3))
    expectEqual(
      chain.covariance,
      [
        [0.46493360424923474, -0.04195095529408821, 0.08506690232276666],
        [-0.04195095529408822, 0.40836197924713863, -0.15742857297555038],
        [0.08506690232276667, -0.1574285729755505, 0.3933080697240951],
      ])
    let five = process.eulerLaw(from: MatrixOrnsteinUhlenbeckTests.start, steps: 5, step: 0.3)
    #expect((five.mean - [0.31711799485, -0.61830919249, 1.94165337684]).largestMagnitude < 1e-13)
    expectEqual(
      five.covariance,
      [
        [0.4579763394153955, -0.02958285460453408, 0.08310856480081087],
        [-0.029582854604534067, 0.38906767500577233, -0.15388069019472783],
        [0.08310856480081087, -0.15388069019472783, 0.3927849116250109],
      ])
    #expect(process.eulerStationaryLaw(step: 1) == nil, "the largest rate is above 2")
  }

  /// 20,000 chains under matrix noise, entries within 5 standard errors of the chain's law.
  @Test func simulatedWithMatrixNoise() {
    let n = 20_000
    let start = MatrixOrnsteinUhlenbeckTests.start.samples(Double.self, count: n, from: RandomStream(seed: 3))
    let final = simulate(
      MatrixOrnsteinUhlenbeckTests.process, from: start, by: .eulerMaruyama,
      times: .uniform(to: 1.5, steps: 5), stream: RandomStream(seed: 3, path: 1)
    ).final
    let law = MatrixOrnsteinUhlenbeckTests.process.eulerLaw(
      from: MatrixOrnsteinUhlenbeckTests.start, steps: 5, step: 0.3)
    let s = law.covariance
    for i in 0..<3 {
      #expect(abs(final.mean[i] - law.mean[i]) < 5 * (s[i, i] / Double(n)).squareRoot())
      for j in 0..<3 {
        let error = ((s[i, i] * s[j, j] + s[i, j] * s[i, j]) / Double(n)).squareRoot()
        #expect(abs(final.covariance[i, j] - s[i, j]) < 5 * error)
      }
    }
  }

  /// The unadjusted Langevin algorithm settles at v / (1 - h / (2 v)), for each variance v of the target.
  @Test func langevinBias() throws {
    let target = Gaussian(mean: [1, -2], covariance: Matrix([[1.0, 0.6], [0.6, 0.8]]))
    let process = target.langevinProcess
    #expect((process.stationaryLaw.mean - target.mean).largestMagnitude == 0)
    expectEqual(process.stationaryLaw.covariance, [[1, 0.6], [0.6, 0.8]])
    let h = 0.2
    let chain = try #require(process.eulerStationaryLaw(step: h))
    let biased = target.covariance.symmetricEigen().map { $0 / (1 - h / (2 * $0)) }
    expectEqual(
      chain.covariance, [[biased[0, 0], biased[0, 1]], [biased[1, 0], biased[1, 1]]], within: 1e-13)
    // The same from the algorithm itself, run on the score.
    let n = 12_000
    let final = simulate(
      target.langevin, from: target.samples(Double.self, count: n, from: RandomStream(seed: 8)),
      by: .eulerMaruyama, times: .uniform(to: 10, steps: 50), stream: RandomStream(seed: 8, path: 2)
    ).final
    for i in 0..<2 {
      let error = 5 * biased[i, i] * (2 / Double(n)).squareRoot()
      #expect(abs(final.covariance[i, i] - biased[i, i]) < error)
      #expect(abs(final.covariance[i, i] - target.covariance[i, i]) > error, "the bias is there to be seen")
    }
  }

  @Test func gradientDescentAsADiffusion() throws {
    let hessian = Matrix([[1.5, 0.4], [0.4, 0.6]])
    let noise = Matrix([[0.8, -0.3], [-0.3, 0.5]])
    let start = Gaussian(mean: [2, -1], covariance: Matrix([[0.1, 0.02], [0.02, 0.3]]))
    func descent(_ rate: Double) -> StochasticGradientDescent {
      StochasticGradientDescent(
        hessian: hessian, minimum: [0.5, 0.2], gradientNoise: noise, batch: 4, learningRate: rate)
    }
    // The chain, written out: S <- (I - eta H) S (I - eta H) + eta^2 C / batch.
    let eta = 0.25
    var (mean, s) = (start.mean, start.covariance)
    let m = Matrix.identity(2) - eta * hessian
    for _ in 0..<7 {
      mean = mean - eta * hessian(mean - [0.5, 0.2])
      s = m * s * m + (eta * eta / 4) * noise
    }
    let chain = descent(eta).chainLaw(from: start, steps: 7)
    #expect((chain.mean - mean).largestMagnitude < 1e-14)
    expectEqual(chain.covariance, [[s[0, 0], s[0, 1]], [s[1, 0], s[1, 1]]])
    // Weak order one in eta, at a fixed time 2.
    let gaps = [0.04, 0.02].map { rate in
      let (steps, descent) = (Int((2 / rate).rounded()), descent(rate))
      return
        (descent.chainLaw(from: start, steps: steps).mean
        - descent.diffusionLaw(from: start, steps: steps).mean).norm
    }
    #expect(abs(Double.log2(gaps[0] / gaps[1]) - 1) < 0.05)
    // H S + S H - eta H S H = eta C / batch.
    let stationary = try #require(descent(eta).chainStationaryLaw).covariance
    let balance = hessian * stationary + stationary * hessian - eta * (hessian * stationary * hessian)
    expectEqual((4 / eta) * balance, [[0.8, -0.3], [-0.3, 0.5]], within: 1e-13)
    #expect(descent(1.4).chainStationaryLaw == nil)
  }
}
