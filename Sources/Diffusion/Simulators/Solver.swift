/// A method for integrating a term from one time to the next: a value that makes steppers.
///
/// A new solver is a new type with a stepper; nothing else changes. Where its steps are a tableau, `RungeKutta` takes it.
///
///     struct Leap: Solver {
///       func stepper<T: MachineReal, D: Dynamics>(
///         _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
///       ) -> any Stepper<T> {
///         precondition(dynamics.noise == nil, "Leap takes no noise")
///         return At<T>(
///           T.evaluator(of: dynamics.drift, count: count, dimension: dimension),
///           Batch(count: count, dimension: dimension))
///       }
///       final class At<Scalar: MachineReal>: Stepper {
///         let field: BatchFunction<Scalar>
///         var slope: Batch<Scalar>
///         var evaluations = 0
///         init(_ field: BatchFunction<Scalar>, _ slope: Batch<Scalar>) { (self.field, self.slope) = (field, slope) }
///         func advance(_ x: inout Batch<Scalar>, over step: Step) {
///           field(x, at: Scalar(step.from), into: &slope)
///           x.add(Scalar(step.duration), times: slope)
///           evaluations += 1
///         }
///       }
///     }
///
/// Steppers work by the operations of `Batch`, which are compiled for both number types. A loop of one's own over
/// elements is generic there, and runs many times slower: put it into a field, whose formula is compiled for each.
public protocol Solver: Sendable {
  /// Whether the method draws random numbers of its own, also for equations without noise.
  var drawsNoise: Bool { get }

  /// A stepper for blocks of `count` particles, with the memory it needs, for use by one thread. `end` is the
  /// last time, which it must not evaluate the term beyond.
  func stepper<T: MachineReal, D: Dynamics>(
    _ type: T.Type, for dynamics: D, count: Int, dimension: Int, start: Double, end: Double
  ) -> any Stepper<T>
}

extension Solver {
  public var drawsNoise: Bool { false }
}

/// A solver at work on one block of particles.
public protocol Stepper<Scalar>: AnyObject {
  associatedtype Scalar: MachineReal

  /// Moves x over `step`.
  func advance(_ x: inout Batch<Scalar>, over step: Step)

  /// How often the drift was evaluated.
  var evaluations: Int { get }

  /// Where the solver gave up, if it did.
  var failure: SimulationOutcome? { get }
}

extension Stepper {
  public var failure: SimulationOutcome? { nil }
}

/// One step of the time grid, and the noise that belongs to it.
public struct Step: Sendable {
  /// The number of the step, from 0.
  public let index: Int

  /// When it begins.
  public let from: Double

  /// When it ends; before `from` on a decreasing grid.
  public let to: Double

  /// The number of the block's first particle among all.
  public let firstRow: Int

  let brownian: any BrownianSource

  /// `to` - `from`, negative on a decreasing grid.
  public var duration: Double { to - from }

  /// Writes W(to) - W(from) for the block's particles, N(0, |duration| I).
  public func fillIncrements<T: MachineReal>(_ out: inout Batch<T>) {
    brownian.fillIncrements(&out, step: index, from: from, to: to, firstRow: firstRow)
  }
}

/// A source of Brownian increments for a batch of particles.
public protocol BrownianSource: Sendable {
  /// Writes W(to) - W(from) for the particles from number `firstRow` on; `step` is the step's number.
  func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step: Int, from: Double, to: Double, firstRow: Int)
}

/// Independent increments: those of step k are the normals of the stream's step k.
extension RandomStream: BrownianSource {
  public func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step number: Int, from: Double, to: Double, firstRow: Int
  ) {
    out.fillNormals(from: step(self.step &+ UInt32(number)), startingAt: firstRow)
    out.scale(by: T(abs(to - from).squareRoot()))
  }
}
