import Glibc

/// A set of vectors over which an equation is claimed to hold: the values of one argument.
///
///     Domain(t: 0.1...0.9, vector: .box(-3...3, dimension: 2))
///     Domain(vector: .simplex(3))
///
/// Every region is the image of a unit cube, so that one design of points (corners, points near
/// every end, stars, low-discrepancy points) serves them all.
public struct Region: Sendable {
  /// One side of the unit cube and the interval it stands for.
  struct Axis: Sendable {
    var lower: Double
    var upper: Double
    var isLogarithmic = false

    func place(_ unit: Double) -> Double {
      if unit <= 0 { return lower }
      if unit >= 1 { return upper }
      return isLogarithmic
        ? exp(log(lower) + unit * (log(upper) - log(lower))) : lower + unit * (upper - lower)
    }
  }

  var axes: [Axis]
  /// From the axes' values to the vector's components; nil where they are the components.
  let transform: (@Sendable ([Double]) -> [Double])?
  /// Number of components of a vector.
  let dimension: Int
  /// What is wrong with the region, or nil.
  let problem: String?

  init(
    axes: [Axis], dimension: Int, problem: String? = nil, transform: (@Sendable ([Double]) -> [Double])? = nil
  ) {
    self.axes = axes
    self.dimension = dimension
    self.problem = problem
    self.transform = transform
  }

  func place(_ unit: ArraySlice<Double>) -> [Double] {
    let values = zip(axes, unit).map { axis, u in axis.place(u) }
    return transform.map { $0(values) } ?? values
  }

  /// The same interval for each of `dimension` components.
  public static func box(_ range: ClosedRange<Double>, dimension: Int) -> Region {
    box(Array(repeating: range, count: max(dimension, 0)))
  }

  /// An interval for each component.
  public static func box(_ ranges: [ClosedRange<Double>]) -> Region {
    var problem = ranges.isEmpty ? "a box of no dimension has no points" : nil
    for range in ranges where !(range.lowerBound.isFinite && range.upperBound.isFinite) {
      problem = "an interval of the domain reaches infinity"
    }
    return Region(
      axes: ranges.map { Axis(lower: $0.lowerBound, upper: $0.upperBound) }, dimension: ranges.count,
      problem: problem)
  }

  /// Probability vectors of `count` entries, each at least `margin`.
  ///
  /// The corners have one entry of nearly 1. Broken sticks map the cube to the simplex with uniform
  /// density (Devroye, Non-Uniform Random Variate Generation, 1986, section V.2).
  public static func simplex(_ count: Int, margin: Double = 1e-4) -> Region {
    let valid = count >= 2 && margin >= 0 && margin * Double(count) < 1
    return Region(
      axes: Array(repeating: Axis(lower: 0, upper: 1), count: max(count - 1, 0)), dimension: count,
      problem: valid ? nil : "a simplex needs two entries or more, and a margin below 1 / \(count)"
    ) { unit in
      var rest = 1.0
      var entries: [Double] = []
      for (i, u) in unit.enumerated() {
        let piece = rest * (1 - pow(1 - u, 1 / Double(count - 1 - i)))
        entries.append(piece)
        rest -= piece
      }
      entries.append(rest)
      return entries.map { margin + (1 - margin * Double(count)) * max($0, 0) }
    }
  }

  /// The given vectors and no others: draws from a distribution, or points of special interest.
  public static func draws(_ vectors: [[Double]]) -> Region {
    let dimension = vectors.first?.count ?? 0
    var problem = vectors.isEmpty ? "there are no draws" : nil
    if vectors.contains(where: { $0.count != dimension }) { problem = "the draws differ in dimension" }
    return Region(axes: [Axis(lower: 0, upper: 1)], dimension: dimension, problem: problem) { unit in
      vectors[min(Int(unit[0] * Double(vectors.count)), vectors.count - 1)]
    }
  }
}
