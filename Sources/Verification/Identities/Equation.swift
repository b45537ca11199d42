/// What kind of sides an equation has, as far as it decides how they are compared.
enum Nature {
  case numbers, means, simulation, law

  /// Points at which sides that take long are compared.
  func points(_ thresholds: Thresholds) -> Int? {
    switch self {
    case .numbers: nil
    case .means: thresholds.statisticalPoints
    case .simulation: thresholds.simulatedPoints
    case .law: thresholds.lawPoints
    }
  }
}

/// An equation between two sides, without the types that its author used: what the engine works on.
struct Equation {
  let left: ([Double]) throws -> SideContent
  let right: ([Double]) throws -> SideContent
  let coordinates: [String]
  /// The points to be tried.
  private(set) var points: [[Double]]
  /// How many points the domain excludes, and why.
  private(set) var excluded: Int
  private(set) var nature = Nature.numbers
  /// Whether coordinates only number the points, so that no formula can depend on them.
  let isNumbered: Bool
  let exclusions: [String]
  /// Whether a point other than those tried belongs to the domain.
  let contains: ([Double]) -> Bool
  /// Named functions of the time coordinate, for the diagnosis.
  let quantities: [(name: String, value: (Double) -> Double)]

  init<Point, L: Side, R: Side>(
    over domain: Domain<Point>, _ thresholds: Thresholds,
    quantities: KeyValuePairs<String, (Double) -> Double> = [:],
    left: @escaping (Point) throws -> L, right: @escaping (Point) throws -> R
  ) throws {
    if let problem = domain.problem { throw Obstacle("the domain is unusable: \(problem)") }
    (points, excluded) = try domain.points(thresholds.points)
    exclusions = domain.exclusions.map(\.reason)
    coordinates = domain.coordinates.map(\.name)
    let make = domain.make
    self.left = { try left(make($0)).content }
    self.right = { try right(make($0)).content }
    let excludes = domain.exclusions.map(\.excludes)
    contains = { point in
      domain.contains(point) && !excludes.contains { (try? $0(make(point))) ?? true }
    }
    self.quantities = quantities.map { ($0.key, $0.value) }
    isNumbered = false
    guard !points.isEmpty else {
      throw Obstacle("the domain is empty: nothing is left after excluding \(listed(exclusions))")
    }
    nature = try findNature()
    if let fewer = nature.points(thresholds) {
      (points, excluded) = try domain.points(fewer)
    } else if try isEstimated() {
      (points, excluded) = try domain.points(thresholds.estimatedPoints)
    }
  }

  /// An equation over given points, that are no points of a domain.
  init(
    points: [[Double]], coordinates: [String], left: @escaping ([Double]) throws -> SideContent,
    right: @escaping ([Double]) throws -> SideContent
  ) throws {
    self.points = points
    self.coordinates = coordinates
    self.left = left
    self.right = right
    excluded = 0
    exclusions = []
    contains = { _ in false }
    quantities = []
    isNumbered = true
    nature = try self.findNature()
  }

  func describe(_ point: [Double]) -> String {
    guard !point.isEmpty else { return "the one point" }
    let names = coordinates
    return zip(names, point).map { "\($0) = \(number($1, digits: 4))" }.joined(separator: ", ")
  }

  private func findNature() throws -> Nature {
    var nature = Nature.numbers
    for hand in [Hand.left, .right] {
      switch try evaluate(hand, at: points[0]).form {
      case .values: break
      case .law: nature = .law
      case .mean(let mean):
        if case .simulated = mean.summand {
          nature = .simulation
        } else if nature == .numbers {
          nature = .means
        }
      }
    }
    return nature
  }

  /// Whether a side states a truncation error: then it is the outcome of a longer computation.
  private func isEstimated() throws -> Bool {
    try [Hand.left, .right].contains { hand in
      guard case .values(let values) = try evaluate(hand, at: points[0]).form else { return false }
      return values.contains { $0.truncation > 0 }
    }
  }

  /// Index of the coordinate that the named quantities are functions of: time, or else the first.
  var time: Int { coordinates.firstIndex(of: "t") ?? 0 }

  /// One side at one point. What it throws becomes an obstacle that names side and point.
  func evaluate(_ hand: Hand, at point: [Double]) throws -> SideContent {
    do {
      let content = try (hand == .left ? left : right)(point)
      guard content.shape != nil else {
        throw Obstacle(
          "the \(hand.rawValue) side at \(describe(point)) is an array whose rows differ in length")
      }
      return content
    } catch let obstacle as Obstacle {
      throw obstacle
    } catch {
      throw Obstacle("the \(hand.rawValue) side threw an error at \(describe(point)): \(error)")
    }
  }

  /// Both sides' entries at one point.
  func values(at point: [Double]) throws -> (left: [Estimate], right: [Estimate], shape: [Int]) {
    let l = try evaluate(.left, at: point)
    let r = try evaluate(.right, at: point)
    guard case .values(let left) = l.form, case .values(let right) = r.form else {
      throw Obstacle("a side is a mean or a law at \(describe(point)) but was a number elsewhere")
    }
    guard let shape = l.shape, shape == r.shape, left.count == right.count else {
      throw Obstacle(
        "the sides differ in shape at \(describe(point)): \(shapeName(l.shape)) on the left, "
          + "\(shapeName(r.shape)) on the right")
    }
    return (left, right, shape)
  }
}

/// `a number`, `a vector of 3`, `a matrix of 2 by 3`
func shapeName(_ shape: [Int]?) -> String {
  switch shape?.count {
  case nil: "an array of unequal rows"
  case 0: "a number"
  case 1: "a vector of \(shape?[0] ?? 0)"
  default: "a matrix of " + (shape ?? []).map(String.init).joined(separator: " by ")
  }
}
