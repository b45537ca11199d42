import CVectorMath

/// `Float` and `Double`: the numbers that batches are made of, with the vectorised loops over them.
///
/// The loops write `out[i] = f(x[i])`, may work in place, and give the same bits on every processor.
public protocol MachineReal: RealNumber {
  /// Writes the standard normals number `start`, `start + 1`, ... of the stream.
  static func fillNormals(from stream: RandomStream, start: Int, _ out: UnsafeMutableBufferPointer<Self>)

  /// Writes the uniforms number `start`, `start + 1`, ... of the stream.
  static func fillUniforms(from stream: RandomStream, start: Int, _ out: UnsafeMutableBufferPointer<Self>)

  static func vectorExp(_ x: UnsafeBufferPointer<Self>, into out: UnsafeMutableBufferPointer<Self>)
  static func vectorLog(_ x: UnsafeBufferPointer<Self>, into out: UnsafeMutableBufferPointer<Self>)
  static func vectorTanh(_ x: UnsafeBufferPointer<Self>, into out: UnsafeMutableBufferPointer<Self>)

  /// 1 / (1 + exp(-x)).
  static func vectorSigmoid(_ x: UnsafeBufferPointer<Self>, into out: UnsafeMutableBufferPointer<Self>)
}

extension Float: MachineReal {
  public static func fillNormals(
    from stream: RandomStream, start: Int, _ out: UnsafeMutableBufferPointer<Float>
  ) {
    stream.fill(out, start: start, blockSize: 4, philox_normals_f32)
  }

  public static func fillUniforms(
    from stream: RandomStream, start: Int, _ out: UnsafeMutableBufferPointer<Float>
  ) {
    stream.fill(out, start: start, blockSize: 4, philox_uniforms_f32)
  }

  public static func vectorExp(_ x: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>) {
    apply(vector_exp_f32, x, out)
  }

  public static func vectorLog(_ x: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>) {
    apply(vector_log_f32, x, out)
  }

  public static func vectorTanh(_ x: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>)
  {
    apply(vector_tanh_f32, x, out)
  }

  public static func vectorSigmoid(
    _ x: UnsafeBufferPointer<Float>, into out: UnsafeMutableBufferPointer<Float>
  ) {
    apply(vector_sigmoid_f32, x, out)
  }
}

extension Double: MachineReal {
  public static func fillNormals(
    from stream: RandomStream, start: Int, _ out: UnsafeMutableBufferPointer<Double>
  ) {
    stream.fill(out, start: start, blockSize: 2, philox_normals_f64)
  }

  public static func fillUniforms(
    from stream: RandomStream, start: Int, _ out: UnsafeMutableBufferPointer<Double>
  ) {
    stream.fill(out, start: start, blockSize: 2, philox_uniforms_f64)
  }

  public static func vectorExp(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  {
    apply(vector_exp_f64, x, out)
  }

  public static func vectorLog(_ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>)
  {
    apply(vector_log_f64, x, out)
  }

  public static func vectorTanh(
    _ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>
  ) {
    apply(vector_tanh_f64, x, out)
  }

  public static func vectorSigmoid(
    _ x: UnsafeBufferPointer<Double>, into out: UnsafeMutableBufferPointer<Double>
  ) {
    apply(vector_sigmoid_f64, x, out)
  }
}

private func apply<T>(
  _ loop: (UnsafeMutablePointer<T>?, UnsafePointer<T>?, Int) -> Void,
  _ x: UnsafeBufferPointer<T>, _ out: UnsafeMutableBufferPointer<T>
) {
  precondition(x.count == out.count, "\(x.count) arguments for \(out.count) results")
  loop(out.baseAddress, x.baseAddress, x.count)
}

extension RandomStream {
  fileprivate typealias BlockLoop<T> = (UnsafeMutablePointer<T>?, Int, UInt32, philox_stream) -> Void

  /// Elements are made in blocks; a range that begins or ends within one takes its part of it.
  fileprivate func fill<T: RealNumber>(
    _ out: UnsafeMutableBufferPointer<T>, start: Int, blockSize: Int, _ loop: BlockLoop<T>
  ) {
    guard let base = out.baseAddress, !out.isEmpty else { return }
    let end = start + out.count
    precondition(start >= 0 && end / blockSize < Int(UInt32.max), "element \(end) is beyond the stream's end")
    let key = philox_stream(
      step: step, path: (UInt32(truncatingIfNeeded: path), UInt32(path >> 32)),
      seed: (UInt32(truncatingIfNeeded: seed), UInt32(seed >> 32)))
    let firstWhole = min((start + blockSize - 1) / blockSize * blockSize, end)
    let lastWhole = max(end / blockSize * blockSize, firstWhole)
    if lastWhole > firstWhole {
      let blocks = (lastWhole - firstWhole) / blockSize
      loop(base + (firstWhole - start), blocks, UInt32(firstWhole / blockSize), key)
    }
    withUnsafeTemporaryAllocation(of: T.self, capacity: blockSize) { block in
      for edge in [start..<firstWhole, lastWhole..<end] where !edge.isEmpty {
        let number = edge.lowerBound / blockSize
        loop(block.baseAddress, 1, UInt32(number), key)
        for element in edge { base[element - start] = block[element - number * blockSize] }
      }
    }
  }
}
