import Diffusion

/// The draws of a sampler on one line of random numbers.
struct LawDraws {
  private let law: LawSide
  private let line: RandomStream
  /// With a blank before it, or nothing.
  private let place: String

  /// - Precondition: the law is a sampler.
  init(_ law: LawSide, from line: RandomStream, place: String) {
    self.law = law
    self.line = line
    self.place = place.isEmpty ? "" : " " + place
  }

  /// The draws of that range, each from numbers of its own. Of a batch sampler, the range is one batch.
  func rows(_ range: Range<Int>) throws -> [Vector<Double>] {
    let rows: [Vector<Double>]
    do {
      rows = try draw(range)
    } catch let obstacle as Obstacle {
      throw Obstacle("\(obstacle.sentence)\(place)")
    } catch {
      throw Obstacle("a sampler threw an error\(place): \(error)")
    }
    for x in rows {
      guard x.count == law.dimension else {
        throw Obstacle("a sampler announces \(law.dimension) dimensions but draws \(x.count)\(place)")
      }
      guard (0..<x.count).allSatisfy({ x[$0].isFinite }) else {
        throw Obstacle("a sampler draws \(x)\(place)")
      }
    }
    if range.lowerBound == 0 {
      let columns = (0..<law.dimension).map { j in rows.map { $0[j] } }
      try BatchStream.requireIndependence(columns, of: "a sampler", place: place)
    }
    return rows
  }

  private func draw(_ range: Range<Int>) throws -> [Vector<Double>] {
    switch law.form {
    case .sampler(let sampler):
      return try range.map { k in
        var draws = Draws(line.step(UInt32(truncatingIfNeeded: k)))
        return try sampler(&draws)
      }
    case .batch(let recipe):
      let stream = BatchStream.stream(range.lowerBound / BatchStream.rows, of: line)
      let drawn = try recipe(stream, range.count)
      let d = law.dimension
      guard drawn.count == range.count * d else {
        throw Obstacle(
          "a sampler was asked for \(count(range.count)) draws and returned \(count(drawn.count / d))")
      }
      return (0..<range.count).map { row in Vector(Array(drawn[(row * d)..<((row + 1) * d)])) }
    case .density, .spatialDensity, .characteristicFunction: return []
    }
  }

  /// A sampler that gives other draws for the same random numbers walks along a trajectory, or draws
  /// from another source: nothing about its draws is known.
  func requireRepetition(of rows: [Vector<Double>]) throws {
    let other = LawDraws(law, from: line.path(line.path ^ 1 << 60), place: "")
    let (here, there) = (rows.prefix(16), try other.rows(0..<16))
    if BatchStream.isIgnored(here.flatMap(\.coordinates), there.flatMap(\.coordinates)) {
      throw Obstacle(BatchStream.sentenceOfIgnoring)
    }
    guard try self.rows(0..<rows.count) == rows else {
      throw Obstacle(
        "a sampler gives other draws when it is asked again with the same random numbers\(place): it keeps state, as "
          + "one trajectory does, or draws from another source")
    }
  }
}
