import CVectorMath

extension Double: NetworkReal {
  public static var layerUnit: Int { Int(LAYER_UNIT_BYTES) / MemoryLayout<Double>.size }

  public static func layerProduct(
    _ x: UnsafePointer<Double>, rowStride: Int, stride: Int, _ w: UnsafePointer<Double>,
    bias: UnsafePointer<Double>?, into out: UnsafeMutablePointer<Double>, rows: Int, inner: Int, columns: Int
  ) {
    dense_product_f64(out, x, rowStride, stride, w, bias, rows, inner, columns)
  }

  public static func addRows(
    _ x: UnsafePointer<Double>, rows: Int, columns: Int, to out: UnsafeMutablePointer<Double>
  ) {
    column_sums_f64(out, x, rows, columns)
  }

  public static func copyRows(
    _ x: UnsafePointer<Double>, stride: Int, to out: UnsafeMutablePointer<Double>, stride outStride: Int,
    rows: Int, columns: Int
  ) {
    copy_rows_f64(out, outStride, x, stride, rows, columns)
  }

  public static func fillFeatures(
    _ features: TimeFeatures, at times: UnsafeBufferPointer<Double>, rates: UnsafeBufferPointer<Double>,
    into out: UnsafeMutablePointer<Double>, stride: Int
  ) {
    features.fill(at: times, rates: rates, into: out, stride: stride)
  }

  public static func transpose(
    _ x: UnsafePointer<Double>, rows: Int, columns: Int, into out: UnsafeMutablePointer<Double>, stride: Int
  ) {
    transpose_f64(out, stride, x, rows, columns)
  }

  public static func sumOfSquares(_ x: UnsafeBufferPointer<Double>) -> Double {
    sum_of_squares_f64(x.baseAddress, x.count)
  }

  public static func run(_ activation: any Activation, _ signal: ActivationSignal<Double>) {
    activation.run(signal)
  }

  public static func update(
    _ parameters: inout [Double], by optimizer: any Optimizer, moments: inout [[Double]], gradient: [Double],
    scale: Double,
    step: Int
  ) {
    optimizer.doubleUpdate(&parameters, moments: &moments, gradient: gradient, scale: scale, step: step)
  }

  public static func adamUpdate(
    _ parameters: UnsafeMutableBufferPointer<Double>, _ first: UnsafeMutableBufferPointer<Double>,
    _ second: UnsafeMutableBufferPointer<Double>, _ gradient: UnsafeBufferPointer<Double>,
    _ update: AdamUpdate
  ) {
    adam_update_f64(
      parameters.baseAddress, first.baseAddress, second.baseAddress, gradient.baseAddress,
      adam_step(
        rate: update.rate, beta1: update.beta1, beta2: update.beta2, correction1: update.correction1,
        correction2: update.correction2, epsilon: update.epsilon, decay: update.decay,
        gradient_scale: update.gradientScale), parameters.count)
  }
}
