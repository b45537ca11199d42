import Diffusion
import RealModule
import Testing

/// The same increment, whatever the step.
private struct FixedNoise: BrownianSource {
  let increment: Double

  func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step: Int, from: Double, to: Double, firstRow: Int
  ) {
    for row in 0..<out.count { for i in 0..<out.dimension { out[row, i] = T(increment) } }
  }
}

private struct Growth: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { 0.4 * x }
}

private struct Wave: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    P(count: x.count) { 0.5 * P.Scalar.sin(x[$0]) + 0.2 * t }
  }
}

/// Each factor depends on both coordinates.
private struct Mixed: Field {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P { P(count: 2) { 0.5 * x[$0] + 0.3 * x[1 - $0] } }
}

/// sigma_ij = s_ij x_i, which commutes: X_i = x_i exp((0.4 - |s_i|^2 / 2) t + s_i . W).
private struct Proportional: EntrywiseMatrixField {
  static let factors = [[0.3, 0.4], [-0.2, 0.5]]

  func entry<P: Point>(_ i: Int, _ j: Int, of x: P, at t: P.Scalar) -> P.Scalar {
    P.Scalar(Proportional.factors[i][j]) * x[i]
  }
}

/// The same as a matrix.
private struct ProportionalMatrix: MatrixField {
  func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> Matrix<P.Scalar> {
    Matrix(rows: 2, columns: 2) { Proportional().entry($0, $1, of: x, at: t) }
  }
}

/// Noise that depends on the point, in Ito's sense.
@Suite struct StochasticHeunTests {
  /// By hand: drift f - g g' / 2, and f + g g' / 2 backwards in time.
  @Test(arguments: [(0.3, 0.5), (0.5, 0.3)])
  func oneStepIsTheFormula(from: Double, to: Double) {
    let (x, dw, h) = (1.3, 0.37, to - from)
    func noise(_ x: Double, _ t: Double) -> Double { 0.5 * Double.sin(x) + 0.2 * t }
    func drift(_ x: Double, _ t: Double) -> Double {
      0.4 * x - (h > 0 ? 1 : -1) * noise(x, t) * 0.5 * Double.cos(x) / 2
    }
    let guess = x + h * drift(x, from) + dw * noise(x, from)
    let expected =
      x + h * (drift(x, from) + drift(guess, to)) / 2 + dw * (noise(x, from) + noise(guess, to)) / 2
    let end = simulate(
      DiagonalSDE(drift: Growth(), diffusion: Wave()), from: Batch([x]), by: .stochasticHeun,
      times: TimeGrid([from, to]), stream: FixedNoise(increment: dw)
    ).final
    #expect(abs(end[0, 0] - expected) < 1e-15)
  }

  /// Strong order 1 towards Ito's solution, where Euler-Maruyama has 1/2; 300 paths leave about 0.05. The grids are no
  /// dyadic ones.
  @Test func strongOrderForNoiseThatCommutes() {
    let path = BrownianPath(stream: RandomStream(seed: 12), over: 0...1)
    let start = Batch<Double>([Vector<Double>](repeating: [1.3, 0.7], count: 300))
    let w = path.value(Double.self, at: 1, count: 300, dimension: 2)
    let s = Proportional.factors
    func error(_ dynamics: some Dynamics, _ solver: some Solver, _ steps: Int) -> Double {
      let end = simulate(dynamics, from: start, by: solver, times: .uniform(steps: steps), stream: path).final
      let square = (0..<300).reduce(0.0) { sum, row in
        (0..<2).reduce(sum) { sum, i in
          let rate = 0.4 - (s[i][0] * s[i][0] + s[i][1] * s[i][1]) / 2
          let exact = start[row, i] * Double.exp(rate + s[i][0] * w[row, 0] + s[i][1] * w[row, 1])
          return sum + (end[row, i] - exact) * (end[row, i] - exact)
        }
      }
      return (square / 300).squareRoot()
    }
    let equation = MatrixSDE(drift: Growth(), diffusion: Proportional())
    let errors = [10, 90].map { error(equation, .stochasticHeun, $0) }
    #expect(abs(Double.log(errors[0] / errors[1]) / Double.log(9) - 1) < 0.15, "errors \(errors)")
    #expect(errors[1] < error(equation, .eulerMaruyama, 90) / 5)
    let matrix = error(MatrixSDE(drift: Growth(), diffusion: ProportionalMatrix()), .stochasticHeun, 10)
    #expect(abs(matrix - errors[0]) < 1e-14)
  }

  /// Under a linear drift Ito's mean is that of the drift alone, whatever the noise; Stratonovich's grows faster, here by
  /// some 15 %. Within 5 standard errors and a step's bias.
  @Test func theMeanIsItos() {
    let n = 8_000
    let ends = simulate(
      DiagonalSDE(drift: Growth(), diffusion: Mixed()),
      from: Batch<Float>([Vector<Float>](repeating: [1, 0.6], count: n)), by: .stochasticHeun,
      times: .uniform(steps: 20), stream: RandomStream(seed: 8)
    ).final
    for (i, x) in [1, 0.6].enumerated() {
      let chance = (ends.covariance[i, i] / Double(n)).squareRoot()
      #expect(abs(ends.mean[i] - x * Double.exp(0.4)) < 5 * chance + 0.005)
    }
  }
}
