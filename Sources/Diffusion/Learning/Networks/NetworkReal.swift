/// `Float` and `Double` with the vectorised loops of networks: layers, activations, optimizer steps.
public protocol NetworkReal: MachineReal {
  /// The number of elements that rows of a layer are padded to.
  static var layerUnit: Int { get }

  /// out = x w + bias, where element (i, k) of x is at `x[i * rowStride + k * stride]`, `w` is
  /// `inner` x `columns` and `columns` a multiple of `layerUnit`.
  static func layerProduct(
    _ x: UnsafePointer<Self>, rowStride: Int, stride: Int, _ w: UnsafePointer<Self>,
    bias: UnsafePointer<Self>?, into out: UnsafeMutablePointer<Self>, rows: Int, inner: Int, columns: Int)

  /// out += the sum of the rows of x.
  static func addRows(
    _ x: UnsafePointer<Self>, rows: Int, columns: Int, to out: UnsafeMutablePointer<Self>)

  /// Copies rows between places where they are `stride` apart.
  static func copyRows(
    _ x: UnsafePointer<Self>, stride: Int, to out: UnsafeMutablePointer<Self>, stride outStride: Int,
    rows: Int, columns: Int)

  /// Writes the features of each row's time, and below them, for each tangent, their rates times its own.
  static func fillFeatures(
    _ features: TimeFeatures, at times: UnsafeBufferPointer<Self>, rates: UnsafeBufferPointer<Self>,
    into out: UnsafeMutablePointer<Self>, stride: Int)

  /// Writes the transpose of x, whose rows are `stride` apart.
  static func transpose(
    _ x: UnsafePointer<Self>, rows: Int, columns: Int, into out: UnsafeMutablePointer<Self>, stride: Int)

  /// The sum of the squares of x.
  static func sumOfSquares(_ x: UnsafeBufferPointer<Self>) -> Double

  /// Runs an activation's loop for this number type.
  static func run(_ activation: any Activation, _ signal: ActivationSignal<Self>)

  /// Runs an optimizer's update for this number type.
  static func update(
    _ parameters: inout [Self], by optimizer: any Optimizer, moments: inout [[Self]], gradient: [Self],
    scale: Double, step: Int)

  /// One step of Adam; `first` and `second` are the running moments.
  static func adamUpdate(
    _ parameters: UnsafeMutableBufferPointer<Self>, _ first: UnsafeMutableBufferPointer<Self>,
    _ second: UnsafeMutableBufferPointer<Self>, _ gradient: UnsafeBufferPointer<Self>, _ update: AdamUpdate)
}

/// The numbers of one Adam step.
public struct AdamUpdate: Sendable {
  var rate: Double
  var beta1: Double
  var beta2: Double
  var correction1: Double
  var correction2: Double
  var epsilon: Double
  var decay: Double
  var gradientScale: Double
}
