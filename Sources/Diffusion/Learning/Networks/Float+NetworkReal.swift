import CVectorMath

extension Float: NetworkReal {
  public static var layerUnit: Int { Int(LAYER_UNIT_BYTES) / MemoryLayout<Float>.size }

  public static func layerProduct(
    _ x: UnsafePointer<Float>, rowStride: Int, stride: Int, _ w: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, rows: Int, inner: Int, columns: Int
  ) {
    dense_product_f32(out, x, rowStride, stride, w, bias, rows, inner, columns)
  }

  public static func addRows(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, to out: UnsafeMutablePointer<Float>
  ) {
    column_sums_f32(out, x, rows, columns)
  }

  public static func copyRows(
    _ x: UnsafePointer<Float>, stride: Int, to out: UnsafeMutablePointer<Float>, stride outStride: Int,
    rows: Int, columns: Int
  ) {
    copy_rows_f32(out, outStride, x, stride, rows, columns)
  }

  public static func fillFeatures(
    _ features: TimeFeatures, at times: UnsafeBufferPointer<Float>, rates: UnsafeBufferPointer<Float>,
    into out: UnsafeMutablePointer<Float>, stride: Int
  ) {
    features.fill(at: times, rates: rates, into: out, stride: stride)
  }

  public static func transpose(
    _ x: UnsafePointer<Float>, rows: Int, columns: Int, into out: UnsafeMutablePointer<Float>, stride: Int
  ) {
    transpose_f32(out, stride, x, rows, columns)
  }

  public static func sumOfSquares(_ x: UnsafeBufferPointer<Float>) -> Double {
    sum_of_squares_f32(x.baseAddress, x.count)
  }

  public static func run(_ activation: any Activation, _ signal: ActivationSignal<Float>) {
    activation.run(signal)
  }

  public static func update(
    _ parameters: inout [Float], by optimizer: any Optimizer, moments: inout [[Float]], gradient: [Float],
    scale: Double,
    step: Int
  ) {
    optimizer.floatUpdate(&parameters, moments: &moments, gradient: gradient, scale: scale, step: step)
  }

  public static func adamUpdate(
    _ parameters: UnsafeMutableBufferPointer<Float>, _ first: UnsafeMutableBufferPointer<Float>,
    _ second: UnsafeMutableBufferPointer<Float>, _ gradient: UnsafeBufferPointer<Float>, _ update: AdamUpdate
  ) {
    adam_update_f32(
      parameters.baseAddress, first.baseAddress, second.baseAddress, gradient.baseAddress,
      adam_step(
        rate: update.rate, beta1: update.beta1, beta2: update.beta2, correction1: update.correction1,
        correction2: update.correction2, epsilon: update.epsilon, decay: update.decay,
        gradient_scale: update.gradientScale), parameters.count)
  }
}
