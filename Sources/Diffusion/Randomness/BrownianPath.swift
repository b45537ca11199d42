/// Brownian motion on an interval, the same path at whatever resolution it is looked at: for convergence
/// studies, in which a coarse and a fine simulation must be driven by the same noise.
///
/// W is built by bisection (Levy's construction): the middle of an interval is normal given its ends, with a
/// variance of a quarter of its length. Times must be dyadic fractions of the interval, down to 2^-`depth`
/// of it. An increment costs O(`depth`) normals a particle.
public struct BrownianPath: BrownianSource {
  public let stream: RandomStream
  public let domain: ClosedRange<Double>

  /// The number of bisections after which there is no finer time.
  public let depth = 24

  /// Each particle's path is a function of the stream and the particle's number.
  public init(stream: RandomStream, over domain: ClosedRange<Double> = 0...1) {
    precondition(domain.upperBound > domain.lowerBound, "Brownian motion needs an interval, not \(domain)")
    self.stream = stream
    self.domain = domain
  }

  public func fillIncrements<T: MachineReal>(
    _ out: inout Batch<T>, step: Int, from: Double, to: Double, firstRow: Int
  ) {
    let start = value(T.self, at: from, count: out.count, dimension: out.dimension, firstRow: firstRow)
    let end = value(T.self, at: to, count: out.count, dimension: out.dimension, firstRow: firstRow)
    out.copy(end)
    out.add(-1, times: start)
  }

  /// W(t) of `count` particles from number `firstRow` on; W is 0 at the interval's beginning.
  public func value<T: MachineReal>(
    _ type: T.Type = T.self, at t: Double, count: Int, dimension: Int, firstRow: Int = 0
  ) -> Batch<T> {
    let length = domain.upperBound - domain.lowerBound
    let exact = (t - domain.lowerBound) / length * Double(1 << depth)
    let target = Int(exact.rounded())
    precondition(
      domain.contains(t) && abs(exact - Double(target)) < 1e-3,
      "t = \(t) is not a dyadic fraction of \(domain)")
    var lower = Batch<T>(count: count, dimension: dimension)
    var upper = lower
    var normals = lower
    upper.add(T(length.squareRoot()), times: draw(0, into: &normals, firstRow))
    var (low, high) = (0, 1 << depth)
    var (level, position) = (0, 0)
    while target != low, target != high {
      let middle = (low + high) / 2
      let spread = (length * Double(high - low) / Double(1 << depth)).squareRoot() / 2
      var value = lower
      value.add(1, times: upper)
      value.scale(by: 0.5)
      value.add(T(spread), times: draw(UInt32((1 << level) + position), into: &normals, firstRow))
      if target < middle {
        (high, upper) = (middle, value)
        position *= 2
      } else {
        (low, lower) = (middle, value)
        position = 2 * position + 1
      }
      level += 1
    }
    return target == low ? lower : upper
  }

  /// The normals of one node of the bisection.
  private func draw<T: MachineReal>(_ node: UInt32, into normals: inout Batch<T>, _ firstRow: Int) -> Batch<T>
  {
    normals.fillNormals(from: stream.step(stream.step &+ node), startingAt: firstRow)
    return normals
  }
}
