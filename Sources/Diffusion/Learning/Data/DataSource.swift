/// Where training data come from: a distribution that can be drawn from without end, or a data set.
public protocol DataSource: Sendable {
  /// The dimension of the points.
  var dimension: Int { get }

  /// Fills the batch with draws, and `labels` with their classes where they have some.
  func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws)
}

extension DataSource where Self: Distribution {
  /// Independent draws, one after another.
  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    var generator = draws[.data]
    for row in 0..<data.count {
      let draw: Vector<Double> = sample(using: &generator)
      for i in 0..<data.dimension { data[row, i] = T(draw[i]) }
    }
  }
}

extension Gaussian: DataSource {}

/// Draws of any distribution.
public struct DistributionSource<D: Distribution>: DataSource {
  public let distribution: D
  public init(_ distribution: D) { self.distribution = distribution }
  public var dimension: Int { distribution.dimension }

  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    var generator = draws[.data]
    for row in 0..<data.count {
      let draw: Vector<Double> = distribution.sample(using: &generator)
      for i in 0..<data.dimension { data[row, i] = T(draw[i]) }
    }
  }
}

extension DataSource {
  /// Draws of any distribution: `data: .draws(of: moons)`.
  public static func draws<D: Distribution>(of distribution: D) -> Self where Self == DistributionSource<D> {
    DistributionSource(distribution)
  }
}
