import Diffusion
import RealModule
import Testing

/// The vectorised functions against libm in higher precision: Float against Double, Double against Float80
/// where the platform has it.
@Suite struct VectorMathTests {
  typealias Loop<T> = (UnsafeBufferPointer<T>, UnsafeMutableBufferPointer<T>) -> Void

  func apply<T>(_ loop: Loop<T>, _ x: [T]) -> [T] {
    [T](unsafeUninitializedCapacity: x.count) { out, initialized in
      x.withUnsafeBufferPointer { loop($0, UnsafeMutableBufferPointer(rebasing: out[..<x.count])) }
      initialized = x.count
    }
  }

  /// Arguments spread over [low, high], denser around 0.
  func arguments(_ low: Double, _ high: Double) -> [Double] {
    (0...20_001).map { i in
      let s = Double(i) / 20_001 * 2 - 1
      let cubed = s * s * s
      return cubed < 0 ? -cubed * low : cubed * high
    }
  }

  func worstUlps(_ loop: Loop<Float>, _ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
    let x = arguments(low, high).map(Float.init)
    return zip(x, apply(loop, x)).reduce(0) { worst, pair in
      let exact = f(Double(pair.0))
      // Infinities have no ulp.
      if Double(pair.1) == exact { return worst }
      let ulp = max(Double(Float(exact).ulp), Double(Float.leastNonzeroMagnitude))
      return larger(worst, abs(Double(pair.1) - exact) / ulp)
    }
  }

  @Test func floats() {
    #expect(worstUlps(Float.vectorExp, -87, 88) { .exp($0) } < 1.5)
    #expect(worstUlps(Float.vectorExp, -103, 0) { .exp($0) } < 1.5, "subnormal results")
    #expect(worstUlps(Float.vectorLog, 0, 1e38) { .log($0) } < 1.5)
    #expect(worstUlps(Float.vectorTanh, -12, 12) { .tanh($0) } < 2)
    #expect(worstUlps(Float.vectorSigmoid, -80, 40) { 1 / (1 + .exp(-$0)) } < 2.5)
  }

  #if arch(x86_64)
    func worstUlps(_ loop: Loop<Double>, _ low: Double, _ high: Double, _ f: (Float80) -> Float80) -> Double {
      let x = arguments(low, high)
      return zip(x, apply(loop, x)).reduce(0) { worst, pair in
        let exact = f(Float80(pair.0))
        return max(
          worst,
          Double(abs(Float80(pair.1) - exact) / Float80(max(Double(exact).ulp, .leastNonzeroMagnitude))))
      }
    }

    @Test func doubles() {
      #expect(worstUlps(Double.vectorExp, -708, 709) { .exp($0) } < 1.5)
      #expect(worstUlps(Double.vectorExp, -745, 0) { .exp($0) } < 1.5, "subnormal results")
      #expect(worstUlps(Double.vectorLog, 0, 1e308) { .log($0) } < 1.5)
      #expect(worstUlps(Double.vectorTanh, -20, 20) { .tanh($0) } < 2)
      #expect(worstUlps(Double.vectorSigmoid, -600, 40) { 1 / (1 + .exp(-$0)) } < 2.5)
    }
  #endif

  @Test func ends() {
    let x: [Double] = [0, -.infinity, .infinity, .nan, -1, Double.leastNonzeroMagnitude, 1]
    let exp = apply(Double.vectorExp, x)
    #expect(exp[0] == 1 && exp[1] == 0 && exp[2] == .infinity && exp[3].isNaN)
    let log = apply(Double.vectorLog, x)
    #expect(log[0] == -.infinity && log[1].isNaN && log[2] == .infinity && log[3].isNaN && log[4].isNaN)
    #expect(log[5] == .log(Double.leastNonzeroMagnitude) && log[6] == 0)
    let tanh = apply(Double.vectorTanh, x)
    #expect(tanh[0] == 0 && tanh[1] == -1 && tanh[2] == 1 && tanh[3].isNaN)
    let sigmoid = apply(Double.vectorSigmoid, x)
    #expect(sigmoid[0] == 0.5 && sigmoid[1] == 0 && sigmoid[2] == 1 && sigmoid[3].isNaN)
    let floats = x.map { Float($0) }
    let floatLog = apply(Float.vectorLog, floats)
    #expect(floatLog[0] == -.infinity && floatLog[2] == .infinity && floatLog[3].isNaN && floatLog[4].isNaN)
    let floatExp = apply(Float.vectorExp, floats)
    #expect(floatExp[0] == 1 && floatExp[1] == 0 && floatExp[2] == .infinity && floatExp[3].isNaN)
  }
}
