/// Multiplies Brownian increments by a term's noise, at a point and time: what a solver makes of `dynamics.noise`.
public final class NoiseFunction<Scalar: MachineReal> {
  private enum Kind {
    case absent
    case additive(any DiffusionCoefficient)
    case diagonal(BatchFunction<Scalar>)
    case matrix(any BatchMatrixField)
  }

  private let kind: Kind
  private var factors: Batch<Scalar>
  private let memory = WorkingMemory()

  /// For blocks of `count` particles, with the memory that it needs; nil is no noise.
  public init(_ noise: Noise?, count: Int, dimension: Int) {
    factors = Batch(count: 0, dimension: dimension)
    switch noise {
    case nil: kind = .absent
    case .additive(let coefficient): kind = .additive(coefficient)
    case .diagonal(let field):
      kind = .diagonal(Scalar.evaluator(of: field, count: count, dimension: dimension))
      factors = Batch(count: count, dimension: dimension)
    case .matrix(let field): kind = .matrix(field)
    }
  }

  /// Whether there is no noise.
  public var isAbsent: Bool {
    if case .absent = kind { return true }
    return false
  }

  /// Whether the noise does not depend on the point.
  public var isAdditive: Bool {
    switch kind {
    case .absent, .additive: true
    case .matrix(let field): field is ConstantMatrix
    case .diagonal: false
    }
  }

  /// increments = sigma_t(x) increments, row by row.
  public func multiply(_ increments: inout Batch<Scalar>, at x: Batch<Scalar>, _ t: Double) {
    switch kind {
    case .absent: increments.scale(by: 0)
    case .additive(let coefficient): increments.scale(by: Scalar(coefficient(at: t)))
    case .diagonal(let function):
      function(x, at: Scalar(t), into: &factors)
      increments.scale(by: factors)
    case .matrix(let field): field.multiply(&increments, at: x, Scalar(t), memory: memory)
    }
  }
}
