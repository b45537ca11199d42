import Diffusion

/// A side of which one draw at a time is taken: a mean's summand, or numbers that do not vary.
struct DrawnSide {
  private let content: SideContent
  private let hand: Hand
  private let place: String
  /// The numbers' errors, or zeros.
  let truncation: [Double]
  let components: Int
  private let constants: [Double]
  private let mean: Mean?

  init(_ content: SideContent, hand: Hand, place: String) throws {
    self.content = content
    self.hand = hand
    self.place = place
    components = max(1, (content.shape ?? []).reduce(1, *))
    switch content.form {
    case .values(let values):
      constants = values.map(\.value)
      truncation = values.map(\.truncation)
      mean = nil
    case .law: throw Obstacle("a law is compared with a law only")
    case .mean(let recipe):
      constants = []
      truncation = Array(repeating: 0, count: components)
      mean = recipe
    }
  }

  var isMean: Bool { mean != nil }

  /// Number of steps with which a simulation starts; nil for sides without steps.
  var steps: Int? {
    if case .simulated(_, let steps)? = mean?.summand { return steps }
    return nil
  }

  /// Whether draws come in batches of `BatchStream.rows`.
  var isBatch: Bool {
    if case .batch? = mean?.summand { return true }
    return false
  }

  /// Writes the draws of that range into `values`, all entries of one after those of the one before. With the
  /// same stream, two sides see the same random numbers.
  func draw(
    _ range: Range<Int>, of stream: RandomStream, steps: Int = 0, finest: Int = 0, into values: inout [Double]
  ) throws {
    guard let mean else {
      for i in 0..<(range.count * components) { values[i] = constants[i % components] }
      return
    }
    func draws(_ k: Int, isMirrored: Bool = false) -> Draws {
      Draws(stream.step(UInt32(truncatingIfNeeded: k)), isMirrored: isMirrored, finest: finest)
    }
    do {
      switch mean.summand {
      case .number(let summand):
        for (slot, k) in range.enumerated() {
          var straight = draws(k)
          values[slot] = try summand(&straight)
          guard mean.isAntithetic else { continue }
          var mirrored = draws(k, isMirrored: true)
          values[slot] = (values[slot] + (try summand(&mirrored))) / 2
        }
      case .simulated(let summand, _):
        for (slot, k) in range.enumerated() {
          var draws = draws(k)
          values[slot] = try summand(&draws, steps)
        }
      case .vector(let summand, let count):
        for (slot, k) in range.enumerated() {
          var straight = draws(k)
          var x = try summand(&straight)
          guard x.count == count else {
            throw Obstacle(
              "the \(hand.rawValue) side's mean announces \(count) entries but draws \(x.count) \(place)")
          }
          if mean.isAntithetic {
            var mirrored = draws(k, isMirrored: true)
            x = 0.5 * (x + (try summand(&mirrored)))
          }
          for i in 0..<count { values[slot * count + i] = x[i] }
        }
      case .batch(let recipe, _):
        try fill(&values, range, stream, recipe)
      }
    } catch let obstacle as Obstacle {
      throw obstacle
    } catch {
      throw Obstacle("the \(hand.rawValue) side threw an error \(place): \(error)")
    }
    for value in values.prefix(range.count * components) where !value.isFinite {
      throw Obstacle("the \(hand.rawValue) side draws \(number(value)) \(place)")
    }
  }

  /// The rows of one batch.
  private func fill(
    _ values: inout [Double], _ range: Range<Int>, _ stream: RandomStream,
    _ recipe: (RandomStream, Int) throws -> [Double]
  ) throws {
    let index = range.lowerBound / BatchStream.rows
    let drawn = try recipe(BatchStream.stream(index, of: stream), range.count)
    guard drawn.count == range.count * components else {
      throw Obstacle(
        "the \(hand.rawValue) side was asked for \(count(range.count)) draws \(place) and returned "
          + "\(count(drawn.count / components))")
    }
    values.replaceSubrange(0..<drawn.count, with: drawn)
    guard index == 0, drawn.allSatisfy(\.isFinite) else { return }
    let columns = (0..<components).map { entry in
      stride(from: entry, to: drawn.count, by: components).map { drawn[$0] }
    }
    try BatchStream.requireIndependence(columns, of: "the \(hand.rawValue) side", place: " " + place)
  }
}
