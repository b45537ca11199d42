/// Where an equation is claimed to hold: named coordinates and their ranges.
///
///     Domain(t: 0.05...0.95, x: -4...4)
///     Domain(t: 1e-4...1, x: -4...4).logarithmic("t")
///     Domain(t: 0.1...0.9, vector: .box(-3...3, dimension: 2))
///     Domain("s", 0...1, "t", 0...1).excluding("s > t") { s, t in s > t }
///
/// `Point` is what a side of the equation receives: a number, a `Vector`, or a tuple of these. The closure of a side names as many parameters.
///
/// Points are deterministic: the same domain and count give the same points, among them always the
/// corners and points at and close to every end (`Domain.points`).
public struct Domain<Point> {
  /// A coordinate as a reader knows it: its name and, where it is one of a box, its interval.
  struct Coordinate {
    let name: String
    let range: ClosedRange<Double>?
  }

  struct Exclusion {
    let reason: String
    let excludes: (Point) throws -> Bool
  }

  private(set) var regions: [Region]
  let coordinates: [Coordinate]
  let make: ([Double]) -> Point
  private(set) var exclusions: [Exclusion] = []
  private(set) var misnamed: String?

  init(_ parts: [(name: String, region: Region, isVector: Bool)], make: @escaping ([Double]) -> Point) {
    regions = parts.map(\.region)
    self.make = make
    coordinates = parts.flatMap { part in
      (0..<part.region.dimension).map { i in
        let axis = part.region.transform == nil ? part.region.axes[i] : nil
        return Coordinate(
          name: part.isVector ? "\(part.name)\(i + 1)" : part.name, range: axis.map { $0.lower...$0.upper })
      }
    }
  }

  /// The same domain with that coordinate's points spread evenly over its logarithm, for a range
  /// that spans orders of magnitude. The range must be positive.
  public func logarithmic(_ name: String) -> Domain {
    var domain = self
    var index = 0
    for r in regions.indices {
      for a in 0..<regions[r].dimension {
        if coordinates[index].name == name, regions[r].transform == nil {
          domain.regions[r].axes[a].isLogarithmic = true
          if regions[r].axes[a].lower <= 0 {
            domain.misnamed =
              "'\(name)' has a logarithmic scale but reaches \(number(regions[r].axes[a].lower))"
          }
          return domain
        }
        index += 1
      }
    }
    domain.misnamed = "there is no coordinate '\(name)' to give a logarithmic scale"
    return domain
  }

  /// The same domain without the points where `excludes` holds. The reason is shown as evidence:
  /// a point is never left out silently.
  public func excluding(_ reason: String, _ excludes: @escaping (Point) throws -> Bool) -> Domain {
    var domain = self
    domain.exclusions.append(Exclusion(reason: reason, excludes: excludes))
    return domain
  }

  /// The same domain, whose points are the arrays of their coordinates.
  var coordinateArrays: Domain<[Double]> { Domain<[Double]>(coordinatesOf: self) }

  private init<Original>(coordinatesOf domain: Domain<Original>) where Point == [Double] {
    regions = domain.regions
    coordinates = domain.coordinates.map { Coordinate(name: $0.name, range: $0.range) }
    make = { $0 }
    exclusions = domain.exclusions.map { exclusion in
      Exclusion(reason: exclusion.reason) { try exclusion.excludes(domain.make($0)) }
    }
    misnamed = domain.misnamed
  }

  /// What makes the domain unusable, or nil.
  var problem: String? { misnamed ?? regions.compactMap(\.problem).first }

  /// `t = 0.05, x = -4`
  func describe(_ values: [Double]) -> String {
    zip(coordinates, values).map { "\($0.name) = \(number($1, digits: 4))" }.joined(separator: ", ")
  }

  /// Whether the coordinates lie in the box; false where a coordinate is not one of a box.
  func contains(_ values: [Double]) -> Bool {
    zip(coordinates, values).allSatisfy { coordinate, value in coordinate.range?.contains(value) ?? false }
  }
}
