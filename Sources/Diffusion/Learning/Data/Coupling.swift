/// A joint law of the two ends of a path, x_0 of the noise and x_1 = z of the data, drawn in minibatches.
///
/// A new coupling is its draws, all from `draws`, so that a resumed training goes on with the same ones:
///
///     struct Reflection: Coupling {
///       let dimension: Int
///       func fill<T: NetworkReal>(
///         start: inout Batch<T>, end: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws
///       ) {
///         start.fillNormals(from: draws[.noise])
///         end.copy(start)
///         end.scale(by: -1)
///       }
///     }
public protocol Coupling: Sendable {
  /// The dimension of both ends.
  var dimension: Int { get }

  /// Fills `start` with x_0 and `end` with x_1, and `labels` with the classes of x_1 where it has some.
  func fill<T: NetworkReal>(
    start: inout Batch<T>, end: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws)
}

/// Independent ends: x_0 ~ N(0, I), and x_1 from a source.
public struct IndependentCoupling<Data: DataSource>: Coupling {
  public let data: Data

  /// x_1 from `data`.
  public init(_ data: Data) { self.data = data }
  public var dimension: Int { data.dimension }

  @inlinable
  public func fill<T: NetworkReal>(
    start: inout Batch<T>, end: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws
  ) {
    start.fillNormals(from: draws[.noise])
    data.fill(&end, labels: &labels, from: draws)
  }
}

/// Independent ends, each from a source of its own: a path between two arbitrary distributions.
public struct ProductCoupling<Start: DataSource, End: DataSource>: Coupling {
  public let start: Start
  public let end: End

  /// Both of one dimension.
  public init(from start: Start, to end: End) {
    precondition(
      start.dimension == end.dimension, "ends of dimensions \(start.dimension) and \(end.dimension)")
    self.start = start
    self.end = end
  }

  public var dimension: Int { end.dimension }

  @inlinable
  public func fill<T: NetworkReal>(
    start x: inout Batch<T>, end z: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws
  ) {
    start.fill(&x, labels: &labels, from: draws.other)
    for row in labels.indices { labels[row] = nil }
    end.fill(&z, labels: &labels, from: draws)
  }
}

extension TrainingDraws {
  /// The draws of a second source within the same step.
  @inlinable
  var other: TrainingDraws {
    TrainingDraws(stream: stream.path(stream.path ^ 0x8000_0000_0000_0000), step: step, memory: memory)
  }
}
