/// Where training data come from: a law that can be drawn from without end, or a data set.
///
/// A `Law` of one's own is a source by declaring it, `extension MyLaw: DataSource {}`, or as `.draws(of: law)`; a source
/// with labels fills them itself, from `draws` alone.
public protocol DataSource: Sendable {
  /// The dimension of the points.
  var dimension: Int { get }

  /// Fills the batch with draws, and `labels` with their classes where they have some.
  func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws)
}

extension Law {
  /// Independent draws, one after another, without storage of their own.
  @inlinable
  func fillDraws<T: MachineReal>(_ data: inout Batch<T>, from draws: TrainingDraws) {
    let d = dimension
    precondition(data.dimension == d, "a batch of dimension \(data.dimension) for draws of \(d)")
    var generator = draws[.data]
    data.withMutableElements { data in
      for row in stride(from: 0, to: data.count, by: d) {
        switch d {
        case 1: data[row] = T(sample(using: &generator) as Double)
        case 2:
          let draw: Pair<Double> = sample(using: &generator)
          (data[row], data[row + 1]) = (T(draw.first), T(draw.second))
        case 3...16:
          let draw: InlineVector<Double> = sample(using: &generator)
          for i in 0..<d { data[row + i] = T(draw[i]) }
        default:
          let draw: LongVector<Double> = sample(using: &generator)
          for i in 0..<d { data[row + i] = T(draw[i]) }
        }
      }
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
extension Laplace: DataSource {}
extension NoisyCurves: DataSource {}
extension Pinwheel: DataSource {}
extension Uniform: DataSource {}

/// Draws of a law that is not a source itself.
public struct LawDraws<L: Law>: DataSource {
  public let law: L

  /// Independent draws of `law`.
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
