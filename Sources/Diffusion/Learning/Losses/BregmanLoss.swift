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
  /// What draws points and targets, and whose square is replaced.
  public let base: Base

  /// F.
  public let generator: Generator

  /// The targets of `base`, compared by the divergence that `generator` generates.
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
    let memory = pass.memory { BregmanMemory<T>(outputs) }
    let (n, d) = (Double(pass.rows), outputs)
    var sum = 0.0
    for i in 0..<pass.rows {
      for j in 0..<d { memory.place(j, target: pass.minibatch.targets[i, j], value: pass.values[i, j]) }
      let weight = pass.minibatch.weights[i]
      var divergence = generator(memory.target) - generator(memory.value)
      for j in 0..<d {
        // The derivative along coordinate j, and its own along b - a.
        memory.seed(j, 1)
        let image = generator(memory.seeded)
        memory.seed(j, 0)
        divergence -= image.derivative.value * (memory.target[j] - memory.value[j])
        pass.valueGradient[i, j] = weight / T(n) * image.derivative.derivative
      }
      sum += (weight * divergence).realPart
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

/// The points of one row, used again for the next.
@usableFromInline
final class BregmanMemory<Scalar: RealNumber> {
  /// a and b.
  @usableFromInline var target: Vector<Scalar>
  @usableFromInline var value: Vector<Scalar>

  /// b, with the tangent b - a inside and the one that is seeded outside.
  @usableFromInline var seeded: Vector<Dual<Dual<Scalar>>>

  @usableFromInline
  init(_ dimension: Int) {
    target = .zero(dimension)
    value = target
    seeded = .zero(dimension)
  }

  @inlinable
  func place(_ j: Int, target a: Scalar, value b: Scalar) {
    target[j] = a
    value[j] = b
    seeded[j] = Dual(Dual(b, b - a), Dual(0))
  }

  @inlinable
  func seed(_ j: Int, _ tangent: Scalar) { seeded[j] = Dual(seeded[j].value, Dual(tangent)) }
}
