import Diffusion
import Glibc

/// The comparison of two laws at one point of the domain on one stream of draws.
///
/// With d the difference of the mean features and S its covariance, d' S^+ d is chi-squared with as many
/// degrees of freedom as S has eigenvalues above a thousandth of the largest.
struct LawComparison {
  private let left: LawSide
  private let right: LawSide
  private let stream: RandomStream
  private let place: String
  private let features: FourierFeatures
  private var leftMeans: FeatureMeans
  private var rightMeans: FeatureMeans
  /// The right side's features in closed form, where it is no sampler.
  private var exact: [Double]?
  /// Mean and standard deviation of a density in closed form.
  private(set) var exactMoments: (mean: Double, deviation: Double)?
  private var proposal: Proposal?
  private(set) var count = 0

  /// Features of the means, with the weight of importance sampling as one more.
  private static let size = FourierFeatures.count + 1
  private static let pilot = 512

  /// - Precondition: `left` is a sampler.
  init(_ left: LawSide, _ right: LawSide, stream: RandomStream, place: String) throws {
    self.left = left
    self.right = right
    self.stream = stream
    self.place = place
    let dimension = left.dimension
    let draws = LawDraws(left, from: stream.path(stream.path | 1 << 40), place: place)
    let pilots = try draws.rows(0..<Self.pilot)
    try draws.requireRepetition(of: pilots)
    let centre = (0..<dimension).map { j in Self.median(pilots.map { $0[j] }) }
    let spread = (0..<dimension).map { j in
      1.4826 * Self.median(pilots.map { ($0[j] - centre[j]).magnitude })
    }
    guard spread.allSatisfy({ $0 > 0 }) else {
      throw Obstacle("the draws \(place) do not vary, or half of them are equal: their law is not compared")
    }
    features = FourierFeatures(
      centre: centre, spread: spread, stream: stream.path(stream.path | 1 << 41))
    leftMeans = FeatureMeans(size: Self.size, dimension: dimension)
    rightMeans = leftMeans
    switch right.form {
    case .sampler, .batch: break
    case .spatialDensity:
      proposal = Proposal(around: pilots)
      if proposal == nil {
        throw Obstacle("the draws \(place) lie in a subspace, where a density means nothing")
      }
    case .density(let density, let range, let peaks):
      exact = try Self.integrals(density, range, peaks + [centre[0]], features, place)
      exactMoments = Self.moments(of: density, over: range, peaks + [centre[0]])
    case .characteristicFunction(let function):
      exact =
        try features.all.flatMap { w, shift in
          let (c, s) = try function(Vector(w))
          return [c * cos(shift) + s * sin(shift), s * cos(shift) - c * sin(shift)]
        } + [1]
    }
  }

  /// Evaluations of samplers and densities for one draw.
  var cost: Int { right.isSampler || proposal != nil ? 2 : 1 }

  /// Draws until there are `n` rows, or as many more as fill a batch.
  mutating func grow(to n: Int) throws {
    // Independent of the left side's draws.
    let other = stream.path(stream.path | 1 << 42)
    let isBatch = left.isBatch || right.isBatch
    while count < n {
      let range = count..<(isBatch ? count + BatchStream.rows : min(count + 1024, n))
      let drawn = try LawDraws(left, from: stream, place: place).rows(range)
      leftMeans.add(drawn, features)
      if right.isSampler {
        rightMeans.add(try LawDraws(right, from: other, place: place).rows(range), features)
      } else if let proposal, case .spatialDensity(let density) = right.form {
        try weigh(density, proposal, range, other)
      }
      count = range.upperBound
    }
  }

  /// Adds draws of the proposal with the weights that make them draws of the density.
  private mutating func weigh(
    _ density: (Vector<Double>) throws -> Double, _ proposal: Proposal, _ range: Range<Int>,
    _ stream: RandomStream
  ) throws {
    var values = Array(repeating: 1.0, count: Self.size)
    for k in range {
      var draws = Draws(stream.step(UInt32(truncatingIfNeeded: k)))
      let (y, q) = proposal.sample(&draws)
      let weight = try density(y) / q
      guard weight.isFinite else { throw Obstacle("the density is \(number(weight * q)) \(place)") }
      features.write(y, into: &values)
      for i in 0..<FourierFeatures.count { values[i] *= weight }
      values[Self.size - 1] = weight
      rightMeans.add(values, of: y)
    }
  }

  /// What the features say: the statistic, its degrees of freedom, and the deviation that would show.
  struct Outcome {
    let statistic: Double
    let degrees: Int
    let resolution: Double
    var probability: Double { ChiSquared.tail(statistic, degrees: degrees) }
  }

  func outcome(level: Double) -> Outcome {
    let n = Self.size
    let eigen = SymmetricSpectrum(size: n) { i, j in
      leftMeans.covariance(i, j) + (exact == nil ? rightMeans.covariance(i, j) : 0)
    }
    let largest = eigen.values.max() ?? 0
    let kept = eigen.values.indices.filter { eigen.values[$0] > 1e-3 * largest }
    func statistic(_ d: [Double]) -> Double {
      kept.reduce(0) { sum, k in
        let projection = (0..<n).reduce(0) { $0 + eigen.vectors[k][$1] * d[$1] }
        return sum + projection * projection / eigen.values[k]
      }
    }
    let difference = (0..<n).map { i in
      leftMeans.mean(i) - (exact.map { $0[i] } ?? rightMeans.mean(i))
    }
    // Where all mass is wrong but constant, only the weight's mean shows it, without any variance.
    let mass = difference[n - 1].magnitude > 1e-6 && exact != nil ? Double.infinity : 0
    // An estimated covariance makes the statistic larger by this share.
    let correction = 1 - Double(kept.count) / Double(max(leftMeans.covarianceCount, kept.count + 1))
    let critical = ChiSquared.quantile(tail: level, degrees: max(kept.count, 1))
    let weakest = perturbations().map { statistic($0) }.min() ?? 0
    let needed = max(critical - Double(kept.count), 1)
    return Outcome(
      statistic: statistic(difference) * correction + mass, degrees: max(kept.count, 1),
      resolution: weakest > 0 ? Self.perturbation * (needed / weakest).squareRoot() : .infinity)
  }

  private static let perturbation = 0.05

  /// Changes of the mean features under deviations of the left side by 5%: a shift of each coordinate in
  /// units of its spread, a stretch of it, and a shear of each neighbouring pair.
  private func perturbations() -> [[Double]] {
    let e = Self.perturbation
    let d = left.dimension
    let m = leftMeans.moments
    let spread = m.map(\.deviation)
    var changes: [(Vector<Double>) -> Vector<Double>] = []
    for j in 0..<d {
      changes.append { x in Vector(count: d) { $0 == j ? x[j] + e * spread[j] : x[$0] } }
      changes.append { x in Vector(count: d) { $0 == j ? x[j] + e * (x[j] - m[j].mean) : x[$0] } }
      if j + 1 < d {
        changes.append { x in
          Vector(count: d) {
            $0 == j ? x[j] + e * spread[j] / spread[j + 1] * (x[j + 1] - m[j + 1].mean) : x[$0]
          }
        }
      }
    }
    var before = Array(repeating: 1.0, count: Self.size)
    var after = before
    return changes.map { change in
      var sum = Array(repeating: 0.0, count: Self.size)
      for x in leftMeans.stored {
        features.write(x, into: &before)
        features.write(change(x), into: &after)
        for i in sum.indices { sum[i] += after[i] - before[i] }
      }
      return sum.map { $0 / Double(leftMeans.stored.count) }
    }
  }

  /// Mean and spread of each coordinate on both sides, where both are drawn alike.
  var moments: (left: [Moments], right: [Moments])? {
    right.isSampler ? (leftMeans.moments, rightMeans.moments) : nil
  }

  var leftMoments: [Moments] { leftMeans.moments }

  /// The mass of a density, where it is known to differ from 1.
  var wrongMass: Double? {
    let last = Self.size - 1
    let mass = exact.map { $0[last] } ?? rightMeans.mean(last)
    // The same allowance as for any other mean: 4.5 standard errors.
    let error = exact == nil ? 4.5 * max(0, rightMeans.covariance(last, last)).squareRoot() : 1e-6
    return (mass - 1).magnitude > error ? mass : nil
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  private static func moments(
    of density: (Double) throws -> Double, over range: ClosedRange<Double>, _ peaks: [Double]
  ) -> (mean: Double, deviation: Double)? {
    func integrated(_ f: (Double) -> Double) -> Double {
      integral(over: range, peaks: peaks, relativeTolerance: 1e-6) { f($0) * ((try? density($0)) ?? .nan) }
        .value
    }
    let mass = integrated { _ in 1 }
    let mean = integrated { $0 } / mass
    let variance = integrated { ($0 - mean) * ($0 - mean) } / mass
    return variance > 0 && variance.isFinite ? (mean, variance.squareRoot()) : nil
  }

  /// Correlations of pairs of coordinates that differ clearly between the two samples.
  var differentCorrelations: [(first: Int, second: Int, left: Double, right: Double)] {
    guard right.isSampler else { return [] }
    let d = left.dimension
    let pairs = (0..<d).flatMap { i in ((i + 1)..<max(d, i + 1)).map { (i, $0) } }
    return pairs.compactMap { i, j in
      let (a, b) = (leftMeans.correlation(i, j), rightMeans.correlation(i, j))
      // Six times 1 / sqrt(n), the standard error of either for independent coordinates.
      let error = 6 / Double(min(leftMeans.stored.count, rightMeans.stored.count)).squareRoot()
      return (a - b).magnitude > error ? (i, j, a, b) : nil
    }
  }

  /// The features' expectations under a density on an interval, and its mass.
  private static func integrals(
    _ density: (Double) throws -> Double, _ range: ClosedRange<Double>, _ peaks: [Double],
    _ features: FourierFeatures, _ place: String
  ) throws -> [Double] {
    var thrown: (any Error)?
    func integrated(_ f: (Double) -> Double) -> Estimate {
      integral(over: range, peaks: peaks, relativeTolerance: 1e-8) { x in
        guard thrown == nil else { return 0 }
        do { return f(x) * (try density(x)) } catch {
          thrown = error
          return 0
        }
      }
    }
    let values =
      features.all.flatMap { w, shift in
        [integrated { cos(w[0] * $0 - shift) }, integrated { sin(w[0] * $0 - shift) }]
      } + [integrated { _ in 1 }]
    if let thrown { throw Obstacle("the density threw an error \(place): \(thrown)") }
    guard values.allSatisfy({ $0.truncation < 1e-5 }) else {
      throw Obstacle(
        "the density's integrals do not converge \(place): name its peaks, or narrow the interval")
    }
    return values.map(\.value)
  }
}
