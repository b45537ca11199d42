/// A convex function F on R^d, which generates the Bregman divergence
/// D(a, b) = F(a) - F(b) - nabla F(b) . (a - b).
public protocol BregmanGenerator: Sendable {
  /// F(x).
  func callAsFunction<T: RealNumber>(_ x: Vector<T>) -> T
}

/// A regression loss with a Bregman divergence in place of the square: E[w D(target, f(x, t))].
///
/// Whatever the generator, the minimiser is E[target | x, t], as for the square (F = |x|^2): that is why
/// conditional targets may replace marginal ones. Outputs must stay where F is convex and differentiable.
/// The gradient with respect to the output b is H(b) (b - a), H the Hessian of F, by dual numbers.
/// Source: A. Banerjee, X. Guo, H. Wang, "On the optimality of conditional expectation as a Bregman predictor",
/// IEEE Trans. Information Theory 51 (2005), theorem 1; for flow matching Y. Lipman et al., "Flow matching guide
/// and code", 2024, section 4.5.
public struct BregmanLoss<Base: RegressionLoss, Generator: BregmanGenerator>: Loss {
  public let base: Base
  public let generator: Generator

  public init(_ base: Base, generator: Generator) {
    self.base = base
    self.generator = generator
  }

  public var dimension: Int { base.dimension }
  public var outputs: Int { base.outputs }

  @inlinable
  public func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
    base.draw(pass, draws: draws)
    pass.forward()
    let n = Double(pass.rows)
    var sum = 0.0
    for i in 0..<pass.rows {
      let (a, b) = (pass.minibatch.targets[i], pass.values[i])
      let weight = pass.minibatch.weights[i]
      sum += (weight * divergence(a, b)).realPart
      let slope = hessianVectorProduct(at: b, along: b - a) { generator($0) }
      pass.valueGradient[i] = (weight / T(n)) * slope
    }
    pass.backward()
    return sum / n
  }

  /// D(a, b).
  @inlinable
  public func divergence<T: RealNumber>(_ a: Vector<T>, _ b: Vector<T>) -> T {
    generator(a) - generator(b) - gradient(at: b) { generator($0) }.dot(a - b)
  }
}
