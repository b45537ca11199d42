public import Diffusion

/// A side that is a mean over draws: a recipe, not a number.
///
///     verify("eq-second-moment", over: Domain(t: 0.1...0.9)) { t in
///       mean { draws in
///         let x = path.sample(at: t, given: data.sample(using: &draws), using: &draws)
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
  }

  let summand: Summand
  /// Whether each draw is paired with its mirror image.
  let isAntithetic: Bool

  public var content: SideContent {
    switch summand {
    case .number: SideContent(self, dimension: nil)
    case .vector(_, let count): SideContent(self, dimension: count)
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

/// The random numbers that a check hands to a summand.
public struct Draws: RandomNumberGenerator {
  @usableFromInline var stream: RandomStream
  /// All ones for the mirrored draws of an antithetic pair, else zero.
  @usableFromInline let mask: UInt64

  init(_ stream: RandomStream, isMirrored: Bool = false) {
    self.stream = stream
    mask = isMirrored ? .max : 0
  }

  @inlinable public mutating func next() -> UInt64 { stream.next() ^ mask }
}
