import COpenBLAS
import CVectorMath

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

  public static func addScaled(
    _ scale: Double, _ x: UnsafeBufferPointer<Double>, to out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(x.count == out.count, "\(x.count) numbers added to \(out.count)")
    vector_add_scaled_f64(out.baseAddress, scale, x.baseAddress, x.count)
  }

  public static func addProduct(
    _ scale: Double, _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    to out: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(
      x.count == out.count && y.count == out.count, "\(x.count) x \(y.count) numbers added to \(out.count)")
    vector_add_product_f64(out.baseAddress, scale, x.baseAddress, y.baseAddress, x.count)
  }

  public static func scale(_ out: UnsafeMutableBufferPointer<Double>, by scale: Double) {
    vector_scale_f64(out.baseAddress, scale, out.count)
  }

  public static func multiply(_ out: UnsafeMutableBufferPointer<Double>, by x: UnsafeBufferPointer<Double>) {
    precondition(x.count == out.count, "\(x.count) factors for \(out.count) numbers")
    vector_multiply_f64(out.baseAddress, x.baseAddress, out.count)
  }

  public static func largestRatio(
    _ x: UnsafeBufferPointer<Double>, _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>,
    _ tolerance: Tolerance
  ) -> Double {
    precondition(
      x.count == a.count && x.count == b.count, "ratios of \(x.count), \(a.count) and \(b.count) numbers")
    return vector_largest_ratio_f64(
      x.baseAddress, a.baseAddress, b.baseAddress, tolerance.absolute, tolerance.relative, x.count)
  }

  public static func multiply(
    _ a: UnsafeBufferPointer<Double>, _ transposingA: Bool, _ b: UnsafeBufferPointer<Double>,
    _ transposingB: Bool,
    into c: UnsafeMutableBufferPointer<Double>, rows: Int, inner: Int, columns: Int, scale: Double,
    keep: Double
  ) {
    cblas_dgemm(
      CblasRowMajor, transposingA ? CblasTrans : CblasNoTrans, transposingB ? CblasTrans : CblasNoTrans,
      Int32(rows), Int32(columns), Int32(inner), scale, a.baseAddress, Int32(transposingA ? rows : inner),
      b.baseAddress, Int32(transposingB ? inner : columns), keep, c.baseAddress, Int32(columns))
  }

  public static func evaluator(of field: some BatchField, count: Int, dimension: Int) -> BatchFunction<Double>
  {
    field.doubleEvaluator(count: count, dimension: dimension)
  }

  public static func posterior(
    of mixture: MixtureTable<Double>, _ x: UnsafeBufferPointer<Double>, alpha: Double, variance: Double,
    a: Double, b: Double,
    into out: UnsafeMutableBufferPointer<Double>, scratch: UnsafeMutableBufferPointer<Double>
  ) {
    mixture.withPointers { means, variances, axes, logWeights in
      var table = mixture_f64(
        components: mixture.components, dimension: mixture.dimension, means: means, variances: variances,
        axes: axes, log_weights: logWeights)
      mixture_posterior_f64(
        &table, x.baseAddress, x.count / mixture.dimension, alpha, variance, a, b, out.baseAddress,
        scratch.baseAddress)
    }
  }
}
