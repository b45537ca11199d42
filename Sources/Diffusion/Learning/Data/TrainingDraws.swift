/// The random streams of one training step: each purpose has its own, so what one part draws does not change
/// what another draws, and a resumed run draws what it would have drawn.
public struct TrainingDraws: Sendable {
  /// The stream of the whole training.
  public let stream: RandomStream

  /// The number of the training step.
  public let step: Int

  /// What couplings and data sources keep between steps. A training run hands the same to all of its steps.
  public let memory: WorkingMemory

  /// How many steps a training may have.
  static let mostSteps = 1 << 29

  /// The draws of step `step`, in 0..<2^29.
  public init(stream: RandomStream, step: Int, memory: WorkingMemory = WorkingMemory()) {
    precondition(
      step >= 0 && step < Self.mostSteps, "step \(step) of a training, whose steps are 0..<\(Self.mostSteps)")
    self.stream = stream
    self.step = step
    self.memory = memory
  }

  /// The independent uses of randomness within a step.
  public enum Purpose: UInt32, Sendable {
    case times, data, choices, noise, noiseChoices, labels, directions, extra
  }

  /// The stream of this step for one purpose.
  @inlinable
  public subscript(purpose: Purpose) -> RandomStream {
    stream.step(UInt32(step) << 3 | purpose.rawValue)
  }
}
