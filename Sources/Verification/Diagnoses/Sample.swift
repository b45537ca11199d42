/// What a diagnosis is made from: pairs of sides, each with the error that it may have.
struct Samples {
  struct Sample {
    let point: [Double]
    let component: Int
    let left: Double
    let right: Double
    /// Error that either side may have.
    let error: Double

    /// Whether the left side may be that number, whose error is the right side's times `slope`.
    func allows(_ value: Double, slope: Double) -> Bool {
      (left - value).magnitude <= error * (1 + slope.magnitude) + 4 * value.ulp
    }
  }

  let all: [Sample]
  let coordinates: [String]
  /// Whether the errors are those of independent draws, which average out.
  let areIndependent: Bool

  /// The finite comparisons at some of the points.
  init(_ table: ComparisonTable, at isWanted: (Int) -> Bool) {
    all = table.comparisons.filter { $0.isFinite && isWanted($0.point) }.map { c in
      Sample(
        point: table.points[c.point], component: c.component, left: c.left, right: c.right,
        error: c.refuting(table.thresholds))
    }
    coordinates = table.equation.coordinates
    areIndependent = table.equation.nature != .numbers
  }

  init(all: [Sample], coordinates: [String], areIndependent: Bool = false) {
    self.all = all
    self.coordinates = coordinates
    self.areIndependent = areIndependent
  }

  /// Every second sample is fitted, and a relation must hold for all.
  var fitted: [Sample] { all.enumerated().filter { $0.offset % 2 == 0 }.map(\.element) }

  /// Whether a side varies by more than its errors.
  var varies: Bool {
    guard let first = all.first else { return false }
    return all.contains { ($0.right - first.right).magnitude > 4 * ($0.error + first.error) }
      || all.contains { ($0.left - first.left).magnitude > 4 * ($0.error + first.error) }
  }

  /// How well a constant must be known to be named. With independent errors it is three standard errors, and
  /// still tells all named constants apart.
  var precision: Double { areIndependent ? 1e-2 : 3e-3 }

  /// A relation holds if it holds at every sample, held-out ones among them; where errors are independent
  /// the deviations must also be as small as errors are together.
  func hold(_ relation: (Sample) -> (value: Double, slope: Double)) -> Bool {
    var squares = 0.0
    for sample in all {
      let (value, slope) = relation(sample)
      guard value.isFinite, sample.allows(value, slope: slope) else { return false }
      let ratio = (sample.left - value) / (sample.error * (1 + slope.magnitude) + 4 * value.ulp)
      squares += ratio * ratio
    }
    return !areIndependent || squares <= plausibleSquares
  }

  /// Four deviations above the mean of a chi-squared variable with a degree of freedom a point, in units of the
  /// allowance of a sample, which is 4.5 standard errors.
  var plausibleSquares: Double {
    let points = Double(Set(all.map(\.point)).count)
    return Double(all.count) * (1 + 4 * (2 / points).squareRoot()) / 20.25
  }

  /// The constant `c` for which left = c base, and its error: from the fitted sample that knows it best,
  /// or, where errors are independent, from all fitted samples by least squares.
  func coefficient(of base: (Sample) -> Double) -> (value: Double, error: Double)? {
    var best: (value: Double, error: Double)?
    var (weights, products) = (0.0, 0.0)
    for sample in fitted {
      let b = base(sample)
      guard b != 0, b.isFinite else { continue }
      let c = sample.left / b
      let error = sample.error * (areIndependent ? 1 : 1 + c.magnitude) / b.magnitude
      guard error.isFinite else { continue }
      weights += 1 / (error * error)
      products += c / (error * error)
      if error < best?.error ?? .infinity { best = (c, error) }
    }
    guard areIndependent, weights > 0, weights.isFinite else { return best }
    // The allowance of a sample is 4.5 standard errors; three will do for one constant.
    return (products / weights, 0.67 / weights.squareRoot())
  }

  /// The samples with another left side, such as the difference of both.
  func replacingLeft(_ left: (Sample) -> Double) -> Samples {
    Samples(
      all: all.map {
        Sample(point: $0.point, component: $0.component, left: left($0), right: $0.right, error: $0.error)
      }, coordinates: coordinates, areIndependent: areIndependent)
  }

  /// At most `count` of the samples, spread evenly; all where their errors have to average out.
  func thinned(to count: Int) -> Samples {
    guard !areIndependent, all.count > count else { return self }
    return Samples(all: (0..<count).map { all[$0 * (all.count - 1) / (count - 1)] }, coordinates: coordinates)
  }

  func filter(_ keep: (Sample) -> Bool) -> Samples {
    Samples(all: all.filter(keep), coordinates: coordinates, areIndependent: areIndependent)
  }
}
