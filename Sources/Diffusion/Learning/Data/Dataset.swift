/// Points to learn from, drawn with replacement, with labels if they have classes.
public struct Dataset<Scalar: MachineReal>: DataSource {
  /// A row for each point.
  public let points: Batch<Scalar>

  /// The class of each point, nil where there are none.
  public let labels: [Int]?

  /// At least one point, all finite; if there are labels, one for each.
  public init(_ points: Batch<Scalar>, labels: [Int]? = nil) {
    precondition(points.count > 0 && points.isFinite, "a data set needs finite points")
    precondition(
      labels?.count ?? points.count == points.count,
      "\(labels?.count ?? 0) labels for \(points.count) points")
    self.points = points
    self.labels = labels
  }

  public var dimension: Int { points.dimension }

  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    precondition(
      data.dimension == dimension, "a batch of dimension \(data.dimension) for points of \(dimension)")
    var choices = draws[.choices]
    for row in 0..<data.count {
      let chosen = Int(choices.uniform() * Double(points.count))
      labels[row] = self.labels?[chosen]
      for i in 0..<dimension { data[row, i] = T(points[chosen, i].realPart) }
    }
  }
}

/// A source whose labels are left out with a given probability, so that one network learns to be conditioned
/// and not to be: what classifier-free guidance needs.
///
/// Source: J. Ho, T. Salimans, "Classifier-free diffusion guidance", 2022, arXiv:2207.12598, algorithm 1.
public struct LabelDropout<Source: DataSource>: DataSource {
  public let source: Source
  public let probability: Double

  /// A label is left out with `probability`, from 0 to 1.
  public init(_ source: Source, probability: Double) {
    precondition((0...1).contains(probability), "a probability cannot be \(probability)")
    self.source = source
    self.probability = probability
  }

  public var dimension: Int { source.dimension }

  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    source.fill(&data, labels: &labels, from: draws)
    var drops = draws[.labels]
    for row in 0..<data.count where drops.uniform() < probability { labels[row] = nil }
  }
}

extension DataSource {
  /// This source with labels left out at random.
  public func droppingLabels(probability: Double) -> LabelDropout<Self> {
    LabelDropout(self, probability: probability)
  }
}
