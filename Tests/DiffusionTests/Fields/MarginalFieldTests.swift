import Diffusion
import Testing

/// The vector loop and the formula are two ways to the same number.
@Suite struct MarginalFieldTests {
  static let isotropic = GaussianMixture(
    weights: [0.2, 0.5, 0.3], means: [[1, -2], [-0.5, 1.5], [3, 0]], deviations: [0.3, 0.7, 1.1])

  static func largestDifference<T: MachineReal>(
    _ type: T.Type, _ field: some Field, _ data: GaussianMixture, count: Int, t: Double
  ) -> Double {
    let x = Batch<T>.normals(
      count: count, dimension: data.dimension, from: RandomStream(seed: 4, path: UInt64(count)))
    var out = x
    T.evaluator(of: field, count: count, dimension: data.dimension)(x, at: T(t), into: &out)
    return (0..<count).reduce(0) { worst, row in
      let point = Vector<Double>(count: data.dimension) { x[row, $0].realPart }
      let exact = field(point, at: T(t).realPart)
      let found = Vector<Double>(count: data.dimension) { out[row, $0].realPart }
      return larger(worst, (found - exact).largestMagnitude / max(1, exact.largestMagnitude))
    }
  }

  /// Block sizes around the 64 lanes, dimensions 1, 2, 3, aligned and full covariances. Rounding: a few
  /// dozen operations, amplified by the spread of exponents.
  @Test(arguments: [1, 2, 63, 64, 65, 200], [0.0, 0.3, 0.97, 1.0])
  func loopEqualsFormula(count: Int, t: Double) {
    for data in [Examples.line, MarginalFieldTests.isotropic, Examples.plane, Examples.space] {
      let marginal = GaussianPath(schedule: .variancePreserving(0.1...12)).marginal(over: data)
      for field in [
        marginal.velocity, marginal.scoreField, marginal.denoiserField,
        marginal.diffusion(.constant(0.7)).drift,
      ] {
        let double = MarginalFieldTests.largestDifference(Double.self, field, data, count: count, t: t)
        #expect(double < 1e-13, "\(data.dimension) dimensions, t = \(t)")
        let single = MarginalFieldTests.largestDifference(Float.self, field, data, count: count, t: t)
        #expect(single < 1e-4, "\(data.dimension) dimensions, t = \(t)")
      }
    }
  }

  @Test func theStochasticDriftAddsHalfSigmaSquaredScores() {
    let marginal = GaussianPath(schedule: .cosine()).marginal(over: Examples.plane)
    let x: Vector<Double> = [0.3, -0.8]
    let t = 0.6
    let expected = marginal.field(x, at: t) + 0.245 * marginal.score(x, at: t)
    #expect((marginal.diffusion(.constant(0.7)).drift(x, at: t) - expected).largestMagnitude < 1e-14)
  }

  @Test func divergenceOfAFieldByDualNumbers() {
    let marginal = GaussianPath(schedule: .linear).marginal(over: Examples.space)
    let exact = marginal.divergence(Examples.spacePoint, at: 0.4)
    #expect(abs(marginal.velocity.divergence(Examples.spacePoint, at: 0.4) - exact) < 1e-12 * abs(exact))
    let line = GaussianPath(schedule: .linear).marginal(over: Examples.line)
    #expect(abs(line.velocity.divergence(0.2, at: 0.4) - line.divergence(0.2, at: 0.4)) < 1e-12)
  }
}
