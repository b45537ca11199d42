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

  /// Writes one draw into `values`. With the same stream, two sides see the same random numbers.
  func draw(_ stream: RandomStream, steps: Int = 0, finest: Int = 0, into values: inout [Double]) throws {
    guard let mean else {
      for i in values.indices { values[i] = constants[i] }
      return
    }
    do {
      var draws = Draws(stream, finest: finest)
      switch mean.summand {
      case .number(let summand): values[0] = try summand(&draws)
      case .simulated(let summand, _): values[0] = try summand(&draws, steps)
      case .vector(let summand, let count):
        let x = try summand(&draws)
        guard x.count == count else {
          throw Obstacle(
            "the \(hand.rawValue) side's mean announces \(count) entries but draws \(x.count) \(place)")
        }
        for i in 0..<count { values[i] = x[i] }
      }
      if mean.isAntithetic {
        var mirrored = Draws(stream, isMirrored: true)
        switch mean.summand {
        case .number(let summand): values[0] = (values[0] + (try summand(&mirrored))) / 2
        case .vector(let summand, let count):
          let x = try summand(&mirrored)
          for i in 0..<count { values[i] = (values[i] + x[i]) / 2 }
        case .simulated: break
        }
      }
    } catch let obstacle as Obstacle {
      throw obstacle
    } catch {
      throw Obstacle("the \(hand.rawValue) side threw an error \(place): \(error)")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw Obstacle(
        "the \(hand.rawValue) side draws \(number(values.first { !$0.isFinite } ?? .nan)) \(place)")
    }
  }
}
