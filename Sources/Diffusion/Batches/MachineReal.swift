/// `Float` and `Double`: the numbers that batches are made of, with the vectorised loops over them.
///
/// The loops write `out[i] = f(x[i])`, may work in place, and give the same bits on every processor; exp, log, tanh and
/// the sigmoid are right to 1.5 units in the last place.
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

  /// out += scale x.
  static func addScaled(
    _ scale: Self, _ x: UnsafeBufferPointer<Self>, to out: UnsafeMutableBufferPointer<Self>)

  /// out += scale x y, element by element.
  static func addProduct(
    _ scale: Self, _ x: UnsafeBufferPointer<Self>, _ y: UnsafeBufferPointer<Self>,
    to out: UnsafeMutableBufferPointer<Self>)

  /// out *= scale.
  static func scale(_ out: UnsafeMutableBufferPointer<Self>, by scale: Self)

  /// out *= x, element by element.
  static func multiply(_ out: UnsafeMutableBufferPointer<Self>, by x: UnsafeBufferPointer<Self>)

  /// The largest |x| / (absolute + relative max(|a|, |b|)); infinite where a number is not finite.
  static func largestRatio(
    _ x: UnsafeBufferPointer<Self>, _ a: UnsafeBufferPointer<Self>, _ b: UnsafeBufferPointer<Self>,
    _ tolerance: Tolerance
  ) -> Double

  /// c = scale a b + keep c for row-major matrices, a being rows x inner after transposing.
  static func multiply(
    _ a: UnsafeBufferPointer<Self>, _ transposingA: Bool, _ b: UnsafeBufferPointer<Self>,
    _ transposingB: Bool,
    into c: UnsafeMutableBufferPointer<Self>, rows: Int, inner: Int, columns: Int, scale: Self, keep: Self)

  /// The field's evaluator for this number type.
  static func evaluator(of field: some BatchField, count: Int, dimension: Int) -> BatchFunction<Self>

  /// a E[z | x] + b grad log p(x) for the rows of x = alpha z + beta eps, z of the mixture; `scratch` has
  /// `posteriorScratch` elements.
  static func posterior(
    of mixture: MixtureTable<Self>, _ x: UnsafeBufferPointer<Self>, alpha: Self, variance: Self,
    a: Self, b: Self, into out: UnsafeMutableBufferPointer<Self>, scratch: UnsafeMutableBufferPointer<Self>)
}
