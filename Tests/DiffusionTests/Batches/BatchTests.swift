import Diffusion
import Testing

@Suite struct BatchTests {
  let a = Batch<Double>(elements: [1, 2, 3, 4, 5, 6], dimension: 2)
  let b = Batch<Double>(elements: [0.5, -1, 2, 0, 1, 3], dimension: 3)

  @Test func shapesAndElements() {
    #expect(a.count == 3 && a.dimension == 2)
    #expect(a[1] == [3, 4] && a[2, 0] == 5 && a.column(1) == [2, 4, 6])
    #expect(a[1..<3] == Batch(elements: [3, 4, 5, 6], dimension: 2))
    var c = a
    c[0] = [9, 8]
    c[1, 1] = 7
    #expect(c.elements == [9, 8, 3, 7, 5, 6] && a[0, 0] == 1)
    #expect(Batch([Vector([1.0, 2]), Vector([3, 4])]) == a[0..<2])
    #expect(Batch([1.0, 2, 3]).dimension == 1)
  }

  @Test func moments() {
    #expect(a.mean == [3, 4])
    #expect(a.covariance == Matrix([[4, 4], [4, 4]]))
  }

  @Test func arithmeticInPlace() {
    var c = a
    c.add(2, times: a)
    c.add(-1, timesProductOf: a, a)
    #expect(c.elements == [2, 2, 0, -4, -10, -18])
    c.scale(by: 0.5)
    c.scale(by: a)
    #expect(c.elements == [1, 2, 0, -8, -25, -54])
    c.copy(a)
    #expect(c == a && a.isFinite)
    c[2, 1] = .infinity
    #expect(!c.isFinite)
    c[2, 1] = .nan
    #expect(!c.isFinite)
  }

  @Test func products() {
    var c = Batch<Double>(count: 3, dimension: 3)
    multiply(a, b, into: &c)
    #expect(c.elements == [0.5, 1, 8, 1.5, 1, 18, 2.5, 1, 28])
    var d = Batch<Double>(count: 2, dimension: 2, repeating: 1)
    multiply(a, transposingA: true, a, into: &d, scale: 2, keep: -1)
    #expect(d.elements == [69, 87, 87, 111])
    var e = Batch<Double>(count: 3, dimension: 2)
    multiply(c, b, transposingB: true, into: &e)
    #expect(e.elements == [15.25, 25, 35.75, 55, 56.25, 85])
    let narrow = Batch<Float>(elements: [1, 2, 3, 4], dimension: 2)
    var f = Batch<Float>(count: 2, dimension: 2)
    multiply(narrow, transposingA: true, narrow, transposingB: true, into: &f)
    #expect(f.elements == [7, 15, 10, 22])
  }

  /// Where no precision is asked for it is double; rates may be whole numbers.
  @Test func whatIsMeantWhereNothingIsSaid() {
    let stream = RandomStream(seed: 4)
    let (normals, uniforms) = (stream.normals(0..<5), stream.uniforms(0..<5))
    #expect(normals == stream.normals(Double.self, 0..<5) && uniforms == stream.uniforms(Double.self, 0..<5))
    let single: [Float] = stream.normals(0..<5)
    #expect(single == stream.normals(Float.self, 0..<5))
    let draws = Gaussian.standard(2).samples(count: 3, from: stream)
    #expect(draws == Gaussian.standard(2).samples(Double.self, count: 3, from: stream))
    let singleDraws: Batch<Float> = Gaussian.standard(2).samples(count: 3, from: stream)
    #expect(singleDraws.dimension == 2)
    let rows = Batch([[1.0, 2, 3], [4, 5, 6]])
    #expect(rows == Batch(elements: [1, 2, 3, 4, 5, 6], dimension: 3))
    #expect(Adam(rate: 1).rate(7) == 1 && GradientDescent(rate: 2, momentum: 0).rate(0) == 2)
  }
}
