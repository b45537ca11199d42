/// Where training data come from: a law that can be drawn from without end, or a data set.
public protocol DataSource: Sendable {
  /// The dimension of the points.
  var dimension: Int { get }

  /// Fills the batch with draws, and `labels` with their classes where they have some.
  func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws)
}

extension Law {
  /// Independent draws, one after another.
  @inlinable
  func fillDraws<T: MachineReal>(_ data: inout Batch<T>, from draws: TrainingDraws) {
    precondition(
      data.dimension == dimension, "a batch of dimension \(data.dimension) for draws of \(dimension)")
    var generator = draws[.data]
    for row in 0..<data.count {
      let draw: Vector<Double> = sample(using: &generator)
      for i in 0..<data.dimension { data[row, i] = T(draw[i]) }
    }
  }
}

extension DataSource where Self: Law {
  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    fillDraws(&data, from: draws)
  }
}

extension Checkerboard: DataSource {}
extension Dirac: DataSource {}
extension Empirical: DataSource {}
extension Gaussian: DataSource {}
extension Laplace: DataSource {}
extension NoisyCurves: DataSource {}
extension Pinwheel: DataSource {}
extension Uniform: DataSource {}

/// Draws of a law that is not a source itself.
public struct LawDraws<L: Law>: DataSource {
  public let law: L
  public init(_ law: L) { self.law = law }
  public var dimension: Int { law.dimension }

  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    law.fillDraws(&data, from: draws)
  }
}

extension DataSource {
  /// Draws of any law: `data: .draws(of: law)`.
  public static func draws<L: Law>(of law: L) -> Self where Self == LawDraws<L> { LawDraws(law) }
}
