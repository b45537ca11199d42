/// A distance between two laws, estimated from a set of samples of each.
///
/// A new distance is the call below; it may trust that both sets have points, all of them finite, and must check that
/// their dimensions agree if it needs that. Such an estimate is not 0 when both laws are the same: `compare` tells what
/// it would then be.
public protocol SampleDistance: Sendable {
  /// The distance between the two sets.
  func callAsFunction(_ a: SampleSet, _ b: SampleSet) -> Double
}

/// Points in double precision, as the distances take them.
public struct SampleSet: Sendable {
  public let count: Int
  public let dimension: Int

  /// Row after row.
  let elements: [Double]

  /// The rows of a batch, at least one, all finite.
  public init<T: MachineReal>(_ batch: Batch<T>) {
    precondition(batch.count > 0 && batch.isFinite, "a distance needs points, all of them finite")
    count = batch.count
    dimension = batch.dimension
    elements = batch.elements.map(\.realPart)
    precondition(
      elements.allSatisfy { abs($0) < 1e150 },
      "a distance needs points whose squares can be told: below 1e150")
  }

  /// Coordinate `column` of point `row`.
  public subscript(row: Int, column: Int) -> Double {
    precondition(
      row >= 0 && row < count && column >= 0 && column < dimension,
      "coordinate \(column) of point \(row) in a set of \(count) points of dimension \(dimension)")
    return elements[row * dimension + column]
  }

  init(elements: [Double], dimension: Int) {
    count = elements.count / dimension
    self.dimension = dimension
    self.elements = elements
  }

  func requireDimension(of other: SampleSet) {
    precondition(
      dimension == other.dimension, "a distance of points of dimensions \(dimension) and \(other.dimension)")
  }
}

extension SampleDistance {
  /// The distance between two sets of points.
  public func callAsFunction<T: MachineReal, U: MachineReal>(_ a: Batch<T>, _ b: Batch<U>) -> Double {
    self(SampleSet(a), SampleSet(b))
  }

  /// The distance between two sets of numbers.
  public func callAsFunction(_ a: [Double], _ b: [Double]) -> Double {
    self(Batch(elements: a, dimension: 1), Batch(elements: b, dimension: 1))
  }

  /// The distance beside those that `permutations` random regroupings of all points give: the noise floor, what
  /// two sets of these sizes from one law would show.
  ///
  /// Costs 1 + `permutations` distances. The test is exact: under one law, pValue <= p has probability p at most.
  /// Source: E. Lehmann, J. Romano, *Testing Statistical Hypotheses*, 3rd ed., section 15.2.
  public func compare<T: MachineReal, U: MachineReal>(
    _ a: Batch<T>, _ b: Batch<U>, permutations: Int = 50, stream: RandomStream
  ) -> TwoSampleComparison {
    precondition(permutations > 0, "a noise floor of \(permutations) permutations")
    let (a, b) = (SampleSet(a), SampleSet(b))
    a.requireDimension(of: b)
    let pooled = a.elements + b.elements
    let d = a.dimension
    var order = Array(0..<a.count + b.count)
    var generator = stream
    let floor = (0..<permutations).map { _ -> Double in
      order.shuffle(using: &generator)
      let mixed = order.flatMap { pooled[$0 * d..<($0 + 1) * d] }
      return self(
        SampleSet(elements: Array(mixed[..<(a.count * d)]), dimension: d),
        SampleSet(elements: Array(mixed[(a.count * d)...]), dimension: d))
    }
    return TwoSampleComparison(distance: self(a, b), floor: floor.sorted())
  }
}

/// A distance, and the distances that chance alone would give.
public struct TwoSampleComparison: Sendable {
  /// The distance of the two sets as they are.
  public let distance: Double

  /// The distances after random regrouping, ascending.
  public let floor: [Double]

  /// The middle of the noise floor.
  public var noiseFloor: Double {
    let n = floor.count
    return (floor[(n - 1) / 2] + floor[n / 2]) / 2
  }

  /// The share of regroupings, the given one counted, with a distance at least as large.
  public var pValue: Double {
    Double(1 + floor.count { $0 >= distance }) / Double(1 + floor.count)
  }
}
