import Diffusion
import RealModule
import Testing

@Suite struct OptimizerTests {
  let gradients: [[Double]] = [[0.5, -2.0, 0.01], [0.1, 1.5, 0.02], [-0.7, 0.3, 0.04]]

  func run(_ optimizer: some Optimizer) -> [Double] {
    var parameters = [1.0, -2.0, 0.5]
    var moments = [[Double]](repeating: [0, 0, 0], count: optimizer.moments)
    for (step, gradient) in gradients.enumerated() {
      optimizer.update(&parameters, moments: &moments, gradient: gradient, scale: 1, step: step)
    }
    return parameters
  }

  /// Three steps by a separate NumPy program of the papers' algorithms, in double precision.
  @Test func stepsAreThePublishedOnes() {
    func expect(_ parameters: [Double], _ expected: [Double]) {
      #expect(zip(parameters, expected).allSatisfy { abs($0 - $1) < 1e-14 }, "\(parameters)")
    }
    expect(run(Adam(rate: 0.1)), [0.8348226348691605, -1.891829231438788, 0.2113250617899921])
    expect(
      run(
        Adam(rate: .exponential(from: 0.1, factor: 0.5, every: 1), beta1: 0.8, beta2: 0.95, weightDecay: 0.2)),
      [0.834150418840226, -1.8321995612043631, 0.3118647161027215])
    expect(run(GradientDescent(rate: 0.1, momentum: 0.9)), [0.9154999999999999, -1.773, 0.48949])
  }

  /// Three steps of torch.optim.AdamW (PyTorch 2.13, double precision) on sum_i a_i p_i^2 + k b_i p_i at step k.
  @Test func adamWIsPyTorchs() {
    var parameters = [0.5, -1.0, 2.0]
    let adam = Adam(rate: 0.1, beta1: 0.8, beta2: 0.95, weightDecay: 0.05)
    var moments = [[Double]](repeating: [0, 0, 0], count: 2)
    for step in 0..<3 {
      let gradient = (0..<3).map { i in
        2 * [1, 0.5, 2][i] * parameters[i] + Double(step) * [0.1, 0.2, 0.3][i]
      }
      adam.update(&parameters, moments: &moments, gradient: gradient, scale: 1, step: step)
    }
    let expected = [0.1964197834409686, -0.7003148937809789, 1.6719366818957848]
    #expect(zip(parameters, expected).allSatisfy { abs($0 - $1) < 1e-14 }, "\(parameters)")
  }

  @Test func schedulesOfTheRate() {
    let cosine = LearningRate.cosine(from: 1, to: 0.1, steps: 100)
    #expect(cosine(0) == 1 && abs(cosine(50) - 0.55) < 1e-15 && abs(cosine(100) - 0.1) < 1e-15)
    #expect(cosine(500) == cosine(100))
    let warm = LearningRate.constant(0.2).warmingUp(steps: 4)
    #expect(abs(warm(0) - 0.05) < 1e-16 && warm(3) == 0.2 && warm(10) == 0.2)
    #expect(abs(LearningRate.exponential(from: 2, factor: 0.5, every: 10)(20) - 0.5) < 1e-15)
  }
}
