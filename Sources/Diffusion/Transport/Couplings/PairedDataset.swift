/// Pairs (x_0, x_1), drawn with replacement: what a flow has joined, to be learned anew along straight lines.
///
///     let pairs = PairedDataset(flowing: network, from: noise, by: .heun, times: .uniform(steps: 50))
///     var second = Training(fresh, loss: ConditionalFlowMatching(path: linear, coupling: pairs), stream: stream)
///
/// One round of this reflow keeps both laws and never raises the transport cost, whatever the convex cost; over K rounds
/// the least straightness is O(1 / K). All that holds for the exact flow of the exact velocity.
/// Source: X. Liu, C. Gong, Q. Liu, "Flow straight and fast: learning to generate and transfer data with rectified
/// flow", ICLR 2023, theorems 3.3, 3.5 and 3.7.
public struct PairedDataset<Scalar: MachineReal>: Coupling {
  /// x_0, a row for each pair.
  public let start: Batch<Scalar>

  /// x_1, in the same order.
  public let end: Batch<Scalar>

  /// As many ends as starts, of one dimension, all finite.
  public init(start: Batch<Scalar>, end: Batch<Scalar>) {
    precondition(
      start.count == end.count && start.dimension == end.dimension && start.count > 0,
      "\(start.count) and \(end.count) points are no pairs")
    precondition(start.isFinite && end.isFinite, "pairs must be finite")
    self.start = start
    self.end = end
  }

  /// The points `start` and where the flow of `field` takes them.
  public init(
    flowing field: some BatchField, from start: Batch<Scalar>, by solver: some Solver, times: TimeGrid
  ) {
    let run = simulate(ODE(field), from: start, by: solver, times: times)
    precondition(run.outcome == .completed, "the flow did not arrive: \(run.outcome); \(run.outcome.advice)")
    self.init(start: start, end: run.final)
  }

  public var dimension: Int { start.dimension }

  /// The mean of |x_1 - x_0|^2.
  public var transportCost: Double {
    (0..<start.count).reduce(0) { $0 + (end[$1] - start[$1]).squaredNorm.realPart } / Double(start.count)
  }

  @inlinable
  public func fill<T: NetworkReal>(
    start x: inout Batch<T>, end z: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws
  ) {
    var choices = draws[.choices]
    for row in 0..<x.count {
      let chosen = Int(choices.uniform() * Double(start.count))
      labels[row] = nil
      for i in 0..<dimension {
        x[row, i] = T(start[chosen, i].realPart)
        z[row, i] = T(end[chosen, i].realPart)
      }
    }
  }
}
