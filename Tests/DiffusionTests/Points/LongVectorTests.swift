import Testing

@testable import Diffusion

/// Points whose memory is used again, held against vectors of their own.
@Suite struct LongVectorTests {
  @Test(arguments: [0, 1, 17, 100])
  func arithmeticIsThatOfVectors(count: Int) {
    let (a, b): (Vector<Double>, Vector<Double>) = (
      Vector(count: count) { 0.3 * Double($0) - 2 }, Vector(count: count) { 1.7 - Double($0) }
    )
    func long(_ x: Vector<Double>) -> LongVector<Double> { LongVector(count: count) { x[$0] } }
    #expect((long(a) + long(b)).coordinates == (a + b).coordinates)
    #expect((long(a) - long(b)).coordinates == (a - b).coordinates)
    #expect((0.7 * long(a)).coordinates == (0.7 * a).coordinates)
    #expect(long(a).dot(long(b)) == a.dot(b) && long(a).largestMagnitude == a.largestMagnitude)
  }

  /// Points of several sizes and types, all alive at once and more than one thread keeps memory for.
  @Test func pointsThatAreKeptStayWhatTheyAre() {
    var kept: [LongVector<Double>] = []
    var derivatives: [LongVector<Dual<Float>>] = []
    for k in 0..<200 {
      kept.append(LongVector(count: 17 + k % 5) { Double(k * $0) })
      derivatives.append(LongVector(count: 30) { Dual(Float(k), Float($0)) })
      _ = LongVector<Double>(count: 300) { _ in -1 } + LongVector(count: 300) { _ in -2 }
    }
    for k in 0..<200 {
      #expect(kept[k].coordinates == (0..<17 + k % 5).map { Double(k * $0) })
      #expect(derivatives[k][29].value == Float(k) && derivatives[k][29].derivative == 29)
    }
  }

  /// Many short points at once, and then longer ones: these find memory too, whatever the thread did before.
  @Test func shortPointsMakeRoomForLongerOnes() {
    do {
      let short = (0..<100).map { k in LongVector<Double>(count: 17) { Double(k + $0) } }
      #expect(short[99][16] == 115)
    }
    func norm() -> Double {
      (LongVector<Double>(count: 500) { _ in 1 } + LongVector(count: 500) { _ in 2 }).norm
    }
    #expect(norm() > 67)
    var sum = 0.0
    let asked = allocations { for _ in 0..<100 { sum += norm() } }
    #expect(asked < 5 && abs(sum / 100 - 4500.0.squareRoot()) < 1e-12)
  }

  /// A coordinate may be computed from points that are made meanwhile.
  @Test func pointsWithinPoints() {
    let x = LongVector<Double>(count: 20) { i in
      LongVector<Double>(count: 20) { Double($0 * i) }.squaredNorm
    }
    let squares = (0..<20).reduce(0) { $0 + $1 * $1 }
    #expect(x.coordinates == (0..<20).map { Double($0 * $0 * squares) })
  }

  struct Cyclic: Field {
    func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
      t * x - P(count: x.count) { x[($0 + 1) % x.count] * x[$0] }
    }
  }

  /// On any number of threads, as everywhere.
  @Test func fieldsOfManyDimensions() {
    let d = 24
    let x = Batch<Double>.normals(count: 3000, dimension: d, from: RandomStream(seed: 1))
    let found = simulate(ODE(Cyclic()), from: x, by: .euler, times: TimeGrid([0.5, 0.6])).final
    for row in [0, 1500, 2999] {
      let expected = x[row] + 0.1 * Cyclic()(x[row], at: 0.5)
      // One product rounds differently by the order of its factors.
      #expect((found[row] - expected).norm < 1e-14 * expected.norm)
    }
  }
}
