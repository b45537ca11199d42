/// What a simulation found.
public struct Simulation<Scalar: MachineReal>: Sendable {
  /// The times kept.
  public let times: [Double]

  /// The particles at those times; row i is the same particle throughout.
  public let states: [Batch<Scalar>]

  /// How often a field was evaluated, for the first block of particles.
  public let evaluations: Int

  /// Whether it was completed; look before `final` is used where a field may be singular.
  public let outcome: SimulationOutcome

  /// The particles at the last time.
  public var final: Batch<Scalar> { states[states.count - 1] }

  /// The trajectory of particle `row`.
  public func trajectory(_ row: Int) -> [Vector<Scalar>] { states.map { $0[row] } }
}

/// How a simulation ended.
public enum SimulationOutcome: Hashable, Sendable {
  /// The last time was reached, by finite particles.
  case completed

  /// An adaptive solver's step became negligible at this time; the states after it are those reached.
  case stepTooSmall(at: Double)

  /// An adaptive solver took as many steps as it may up to this time; the states after it are those reached.
  case tooManySteps(at: Double)

  /// A state was not finite at this time of the grid: the solver is unstable there, or the field singular.
  case notFinite(at: Double)

  /// What to do about it.
  public var advice: String {
    switch self {
    case .completed: "nothing: the simulation is complete"
    case .stepTooSmall(let t):
      "loosen the tolerance, or stop before t = \(t): the field may be singular or stiff there"
    case .tooManySteps(let t):
      "loosen the tolerance, or allow more steps than took it to t = \(t): single precision reaches about 1e-6"
    case .notFinite(let t): "take smaller steps, or stop before t = \(t): the field may be singular there"
    }
  }
}
