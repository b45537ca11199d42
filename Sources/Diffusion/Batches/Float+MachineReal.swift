import COpenBLAS
import CVectorMath

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

  public static func addScaled(
    _ scale: Float, _ x: UnsafeBufferPointer<Float>, to out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(x.count == out.count, "\(x.count) numbers added to \(out.count)")
    vector_add_scaled_f32(out.baseAddress, scale, x.baseAddress, x.count)
  }

  public static func addProduct(
    _ scale: Float, _ x: UnsafeBufferPointer<Float>, _ y: UnsafeBufferPointer<Float>,
    to out: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      x.count == out.count && y.count == out.count, "\(x.count) x \(y.count) numbers added to \(out.count)")
    vector_add_product_f32(out.baseAddress, scale, x.baseAddress, y.baseAddress, x.count)
  }

  public static func scale(_ out: UnsafeMutableBufferPointer<Float>, by scale: Float) {
    vector_scale_f32(out.baseAddress, scale, out.count)
  }

  public static func multiply(_ out: UnsafeMutableBufferPointer<Float>, by x: UnsafeBufferPointer<Float>) {
    precondition(x.count == out.count, "\(x.count) factors for \(out.count) numbers")
    vector_multiply_f32(out.baseAddress, x.baseAddress, out.count)
  }

  public static func largestRatio(
    _ x: UnsafeBufferPointer<Float>, _ a: UnsafeBufferPointer<Float>, _ b: UnsafeBufferPointer<Float>,
    _ tolerance: Tolerance
  ) -> Double {
    precondition(
      x.count == a.count && x.count == b.count, "ratios of \(x.count), \(a.count) and \(b.count) numbers")
    return vector_largest_ratio_f32(
      x.baseAddress, a.baseAddress, b.baseAddress, tolerance.absolute, tolerance.relative, x.count)
  }

  public static func multiply(
    _ a: UnsafeBufferPointer<Float>, _ transposingA: Bool, _ b: UnsafeBufferPointer<Float>,
    _ transposingB: Bool,
    into c: UnsafeMutableBufferPointer<Float>, rows: Int, inner: Int, columns: Int, scale: Float, keep: Float
  ) {
    cblas_sgemm(
      CblasRowMajor, transposingA ? CblasTrans : CblasNoTrans, transposingB ? CblasTrans : CblasNoTrans,
      Int32(rows), Int32(columns), Int32(inner), scale, a.baseAddress, Int32(transposingA ? rows : inner),
      b.baseAddress, Int32(transposingB ? inner : columns), keep, c.baseAddress, Int32(columns))
  }

  public static func evaluator(of field: some BatchField, count: Int, dimension: Int) -> BatchFunction<Float>
  {
    field.floatEvaluator(count: count, dimension: dimension)
  }

  public static func posterior(
    of mixture: MixtureTable<Float>, _ x: UnsafeBufferPointer<Float>, alpha: Float, variance: Float, a: Float,
    b: Float,
    into out: UnsafeMutableBufferPointer<Float>, scratch: UnsafeMutableBufferPointer<Float>
  ) {
    mixture.withPointers { means, variances, axes, logWeights in
      var table = mixture_f32(
        components: mixture.components, dimension: mixture.dimension, means: means, variances: variances,
        axes: axes, log_weights: logWeights)
      mixture_posterior_f32(
        &table, x.baseAddress, x.count / mixture.dimension, alpha, variance, a, b, out.baseAddress,
        scratch.baseAddress)
    }
  }
}
