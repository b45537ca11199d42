/// What one step of a regression loss is computed from, with memory that is used again for every step.
public final class Minibatch<Scalar: MachineReal> {
  /// z, the data.
  public var data: Batch<Scalar>

  /// eps, or the other end of a coupling.
  public var noise: Batch<Scalar>

  /// What the network should return.
  public var targets: Batch<Scalar>

  /// The weight of each point in the loss.
  public var weights: [Scalar]

  init(count: Int, dimension: Int, outputs: Int) {
    data = Batch(count: count, dimension: dimension)
    noise = data
    targets = Batch(count: count, dimension: outputs)
    weights = Array(repeating: 1, count: count)
  }
}
