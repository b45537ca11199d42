public import Diffusion

/// A side that is a mean over draws: a recipe, not a number.
///
///     verify("eq-second-moment", over: Domain(t: 0.1...0.9)) { t in
///       mean { draws in
///         let x: Double = marginal.sample(at: t, using: &draws)
///         return x * x
///       }
///     } equals: { t in marginal.secondMoment(at: t) }
///
/// The check owns the draws. It takes as many as its resolution needs, gives both sides the same ones
/// where both are means (common random numbers), and repeats a suspicious result on fresh ones.
public struct Mean: Side {
  enum Summand {
    case number((inout Draws) throws -> Double)
    case vector((inout Draws) throws -> Vector<Double>, count: Int)
    /// A summand with a step size: the number of steps to simulate is its second argument.
    case simulated((inout Draws, Int) throws -> Double, steps: Int)
    /// Many rows at once, entry after entry; `count` is nil for rows of one number.
    case batch((RandomStream, Int) throws -> [Double], count: Int?)
  }

  let summand: Summand
  /// Whether each draw is paired with its mirror image.
  let isAntithetic: Bool

  public var content: SideContent {
    switch summand {
    case .number, .simulated: SideContent(self, dimension: nil)
    case .vector(_, let count): SideContent(self, dimension: count)
    case .batch(_, let count): SideContent(self, dimension: count)
    }
  }
}

/// The mean of a random number over independent draws.
///
/// - Parameter antithetic: Whether each draw is paired with the one of mirrored uniform numbers (u and
///   1 - u, a normal and its negative). The pair counts as one draw; for a summand that is monotone in
///   them its variance is smaller.
public func mean(antithetic: Bool = false, _ summand: @escaping (inout Draws) throws -> Double) -> Mean {
  Mean(summand: .number(summand), isAntithetic: antithetic)
}

/// The mean of a random vector with `count` entries over independent draws.
public func mean(
  count: Int, antithetic: Bool = false, _ summand: @escaping (inout Draws) throws -> Vector<Double>
) -> Mean {
  Mean(summand: .vector(summand, count: count), isAntithetic: antithetic)
}

/// The mean of an outcome of a simulation with finitely many steps, whose own bias is measured.
///
///     mean(steps: 64) { draws, steps in
///       var x = start
///       for dw in draws.increments(steps) { x += drift(x) / Double(steps) + dw }
///       return x
///     }
///
/// The check simulates with `steps` and with twice as many; twice the difference of the means, with its
/// standard error, is allowed for the bias of the finer one (for weak order 1 it is about once the
/// difference). Where the bias hides what is to be seen, the number of steps is doubled.
public func mean(steps: Int, _ summand: @escaping (inout Draws, Int) throws -> Double) -> Mean {
  precondition(steps > 0, "A simulation needs a step.")
  return Mean(summand: .simulated(summand, steps: steps), isAntithetic: false)
}

/// The mean of a random number of which many are drawn at once, as by a simulation of many particles.
///
///     mean(batch: { stream, count in
///       let noise = Batch<Double>.normals(count: count, dimension: 1, from: stream)
///       let end = simulate(marginal.flow, from: noise, by: .rungeKutta4, times: grid).final
///       return end.column(0).map { x in x * x }
///     })
///
/// The recipe is called with a stream of its own for each batch, all of whose paths and steps it may use, and
/// returns as many independent draws as it is asked for; draws that depend on their neighbours are
/// refused. Two sides that are batches get the same streams.
public func mean<T: MachineReal>(batch: @escaping (RandomStream, Int) throws -> [T]) -> Mean {
  Mean(
    summand: .batch({ stream, count in try batch(stream, count).map(\.realPart) }, count: nil),
    isAntithetic: false)
}

/// The mean of a random vector with `count` entries of which many are drawn at once, as rows of a batch.
public func mean<T: MachineReal>(
  count: Int, batch: @escaping (RandomStream, Int) throws -> Batch<T>
) -> Mean {
  Mean(
    summand: .batch(
      { stream, rows in
        let batch = try batch(stream, rows)
        guard batch.dimension == count else {
          throw Obstacle("a mean announces \(count) entries but its batch has \(batch.dimension)")
        }
        return batch.elements.map(\.realPart)
      }, count: count),
    isAntithetic: false)
}
