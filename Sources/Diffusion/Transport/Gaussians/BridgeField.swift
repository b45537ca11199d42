/// A field of a Gaussian Schroedinger bridge, m_1 - m_0 + K_t S_t^-1 (x - m_t). From E[x_1 | x_t] the drift has
///
///     K_t = (1 - t) (C^T - S_0) + t (S_1 - C - sigma^2 I),
///
/// and the velocity adds sigma^2 / 2 I.
public struct BridgeField: Field {
  enum Kind: Sendable { case drift, velocity }

  public let bridge: SchroedingerBridge
  let kind: Kind

  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    typealias T = P.Scalar
    let t = unitTime(t)
    let d = bridge.start.dimension
    bridge.start.requireDimension(x)
    let (m0, m1) = (bridge.start.mean, bridge.end.mean)
    let variance = T(bridge.deviation * bridge.deviation)
    let diagonal = kind == .drift ? -t * variance : (T(0.5) - t) * variance
    return withPointMemory(of: T.self, count: d * d + d) { memory in
      let y = UnsafeMutableBufferPointer(rebasing: memory[(d * d)...])
      guard
        solvePositive(
          { bridge.covariance($0, $1, at: t) }, { x[$0] - (1 - t) * T(m0[$0]) - t * T(m1[$0]) }, into: y,
          factor: memory) != nil
      else { preconditionFailure("at t = \(t) the bridge has no density") }
      return P(count: d) { i in
        var sum = T(m1[i] - m0[i]) + diagonal * y[i]
        for j in 0..<d {
          let early = T(bridge.crossCovariance[j, i] - bridge.start.covariance[i, j])
          let late = T(bridge.end.covariance[i, j] - bridge.crossCovariance[i, j])
          sum += ((1 - t) * early + t * late) * y[j]
        }
        return sum
      }
    }
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> { evaluator(dimension) }
  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> { evaluator(dimension) }

  /// The field is affine: its slope is computed once for all points, in double precision.
  private func evaluator<T: MachineReal>(_ dimension: Int) -> BatchFunction<T> {
    let d = bridge.start.dimension
    precondition(dimension == d, "a field of dimension \(d) at points of dimension \(dimension)")
    let (start, end, cross) = (bridge.start, bridge.end, bridge.crossCovariance)
    let variance = bridge.deviation * bridge.deviation
    var covariance = [Double](repeating: 0, count: d * d)
    var inverse = covariance
    var slope = [T](repeating: 0, count: d * d)
    var (center, shift) = ([T](repeating: 0, count: d), [T](repeating: 0, count: d))
    return BatchFunction { x, t, out in
      out.requireShape(of: x)
      let t = unitTime(t.realPart)
      for i in 0..<d {
        for j in 0..<d {
          covariance[i * d + j] = bridge.covariance(i, j, at: t)
        }
        center[i] = T((1 - t) * start.mean[i] + t * end.mean[i])
        shift[i] = T(end.mean[i] - start.mean[i])
      }
      precondition(
        invert(&covariance, into: &inverse, dimension: d) != nil, "at t = \(t) the bridge has no density")
      let diagonal = kind == .drift ? -t * variance : (0.5 - t) * variance
      for i in 0..<d {
        for j in 0..<d {
          var sum = diagonal * inverse[i * d + j]
          for k in 0..<d {
            let (early, late) = (cross[k, i] - start.covariance[i, k], end.covariance[i, k] - cross[i, k])
            sum += ((1 - t) * early + t * late) * inverse[k * d + j]
          }
          slope[i * d + j] = T(sum)
        }
      }
      out.withMutableElements { out in
        x.withElements { x in
          for row in stride(from: 0, to: x.count, by: d) {
            for i in 0..<d {
              var sum = shift[i]
              for j in 0..<d { sum += slope[i * d + j] * (x[row + j] - center[j]) }
              out[row + i] = sum
            }
          }
        }
      }
    }
  }
}
