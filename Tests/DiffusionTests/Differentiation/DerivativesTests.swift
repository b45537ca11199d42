import Diffusion
import RealModule
import Testing

/// f(x, y, z) = x^2 y + sin(y z) and F = (x y, y^2 z, x + z^3), whose derivatives are known.
@Suite struct DerivativesTests {
  let x: Vector<Double> = [1.3, -0.7, 2.1]
  let v: Vector<Double> = [0.4, 1.1, -0.9]

  func f<T>(_ x: Vector<T>) -> T { x[0] * x[0] * x[1] + sin(x[1] * x[2]) }
  func field<T>(_ x: Vector<T>) -> Vector<T> { [x[0] * x[1], x[1] * x[1] * x[2], x[0] + x[2] * x[2] * x[2]] }

  func expectClose(_ a: Vector<Double>, _ b: Vector<Double>) {
    // A handful of roundings of numbers of size 10.
    #expect((a - b).largestMagnitude < 1e-14, "\(a) and \(b)")
  }

  @Test func gradientOfAFunction() {
    let c = Double.cos(x[1] * x[2])
    expectClose(
      gradient(at: x) { f($0) }, [2 * x[0] * x[1], x[0] * x[0] + x[2] * c, x[1] * c])
  }

  @Test func jacobianAndItsProducts() {
    let rows = jacobian(at: x) { field($0) }
    let expected = [[x[1], x[0], 0], [0, 2 * x[1] * x[2], x[1] * x[1]], [1, 0, 3 * x[2] * x[2]]]
    for (row, exact) in zip(rows, expected) { expectClose(Vector(row), Vector(exact)) }
    expectClose(pushforward(at: x, along: v) { field($0) }, Matrix(expected)(v))
    let trace = x[1] + 2 * x[1] * x[2] + 3 * x[2] * x[2]
    #expect(abs(divergence(at: x) { field($0) } - trace) < 1e-14)
  }

  @Test func secondOrder() {
    let s = Double.sin(x[1] * x[2])
    let c = Double.cos(x[1] * x[2])
    let hessian = Matrix([
      [2 * x[1], 2 * x[0], 0],
      [2 * x[0], -x[2] * x[2] * s, c - x[1] * x[2] * s],
      [0, c - x[1] * x[2] * s, -x[1] * x[1] * s],
    ])
    expectClose(hessianVectorProduct(at: x, along: v) { f($0) }, hessian(v))
    #expect(abs(laplacian(at: x) { f($0) } - hessian.trace) < 1e-14)
  }

  @Test func capturedPointsAreConstants() {
    let slope = gradient(at: x) { y in y.dot(v.lifted) }
    expectClose(slope, v)
    #expect(derivative(at: 2.0) { s in s * 3.0.lifted } == 3)
  }

  /// The tangent of a spiral; and a product with a constant made on the spot, whose type the compiler must find.
  @Test func tangentsOfCurves() {
    let t = 0.7
    let tangent = derivative(at: t) { t in Vector([t * Diffusion.cos(t), t * Diffusion.sin(t)]) }
    #expect(abs(tangent[0] - (Double.cos(t) - t * Double.sin(t))) < 1e-15)
    #expect(abs(tangent[1] - (Double.sin(t) + t * Double.cos(t))) < 1e-15)
    let x: Vector<Double> = [0.3, -0.4]
    #expect(divergence(at: x) { y in Dual(2 * t) * y } == 4 * t)
  }
}
