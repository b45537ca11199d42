import Diffusion
import RealModule
import Testing

/// Expected values by SciPy 1.17 and NumPy.
@Suite struct DistanceTests {
  let a = [0.3, -1.2, 2.5, 0.9, 0.9, -0.4, 1.7]
  let b = [1.1, 0.2, -2.0, 3.3]
  let x = Batch<Double>(elements: [0.1, 1.0, 2.0, -0.5, -1.3, 0.4, 0.7, 0.7, 1.5, 2.2], dimension: 2)
  let y = Batch<Double>(elements: [1.0, 0.0, 0.2, -1.1, -0.6, 1.9, 2.4, 0.3, 0.0, 0.5], dimension: 2)

  @Test func onTheLine() {
    #expect(abs(Wasserstein(order: 1)(a, b) - 0.7214285714285713) < 1e-14)
    #expect(abs(Wasserstein(order: 2)(a, b) - 0.8956242834709526) < 1e-14)
    #expect(abs(Wasserstein(order: 3)(a, b) - 1.0214645481693903) < 1e-14)
    #expect(abs(EnergyDistance()(a, b) - 0.5229430062206607) < 1e-14)
    #expect(abs(KolmogorovSmirnov()(a, b) - 0.25) < 1e-15)
    // Every projection of the line is the line or its mirror image.
    #expect(abs(SlicedWasserstein(directions: 5)(a, b) - 0.8956242834709526) < 1e-14)
  }

  @Test(arguments: [(1.0, 1.2817094280129742), (2, 1.4587666023048376), (3, 1.5943422387011357)])
  func wassersteinInThePlane(_ order: Double, _ expected: Double) {
    #expect(abs(Wasserstein(order: order)(x, y) - expected) < 1e-14)
  }

  /// Sets of different sizes, by scipy.optimize.linprog (HiGHS dual simplex).
  @Test(arguments: [(1.0, 1.5653819960228297), (2, 1.6653327995729061), (3, 1.740283110611716)])
  func wassersteinOfDifferentSizes(_ order: Double, _ expected: Double) {
    #expect(abs(Wasserstein(order: order)(x, y[0..<3]) - expected) < 1e-13)
    #expect(abs(Wasserstein(order: order)(y[0..<3], x) - expected) < 1e-13)
  }

  /// A point repeated is a weight: the plan between sets of 4 and 6 points is the assignment of their copies.
  @Test func differentSizesAreRepeatedPoints() {
    let a = Batch<Double>.normals(count: 4, dimension: 3, from: RandomStream(seed: 8))
    let b = Batch<Double>.normals(count: 6, dimension: 3, from: RandomStream(seed: 9))
    let copies = (
      Batch((0..<12).map { a[$0 % 4] }), Batch((0..<12).map { b[$0 % 6] })
    )
    #expect(abs(Wasserstein()(a, b) - Wasserstein()(copies.0, copies.1)) < 1e-13)
  }

  @Test func kernelsInThePlane() {
    let few = y[0..<3]
    #expect(abs(EnergyDistance()(x, few) - 0.8268223847543175) < 1e-14)
    #expect(abs(MaximumMeanDiscrepancy(bandwidth: 0.8)(x, few) - 0.6372032861054433) < 1e-14)
  }

  /// Moved by v, a set is at the distance |u . v| along each direction u, and E (u . v)^2 = |v|^2 / d.
  @Test func slicedDistanceOfATranslation() {
    let cloud = Batch<Double>.normals(count: 60, dimension: 3, from: RandomStream(seed: 1))
    let moved = Batch(cloud.points.map { $0 + [1.0, -2.0, 0.5] })
    let square = 5.25 / 3
    let sliced = SlicedWasserstein(directions: 4000)(cloud, moved)
    // The relative deviation of (u . v)^2 is below 0.9: four standard errors are 6 %.
    #expect(abs(sliced * sliced - square) < 0.06 * square)
    #expect(abs(Wasserstein()(cloud, moved) - 5.25.squareRoot()) < 1e-12)
  }

  static let distances: [any SampleDistance] = [
    Wasserstein(), SlicedWasserstein(directions: 20), EnergyDistance(), MaximumMeanDiscrepancy(bandwidth: 1),
  ]

  @Test(arguments: distances.indices)
  func noiseFloorTellsSameFromDifferent(_ index: Int) { check(Self.distances[index], dimension: 2) }

  @Test func noiseFloorOfKolmogorovSmirnov() { check(KolmogorovSmirnov(), dimension: 1) }

  private func check(_ distance: some SampleDistance, dimension: Int) {
    let a = Batch<Float>.normals(count: 80, dimension: dimension, from: RandomStream(seed: 1))
    let b = Batch<Float>.normals(count: 80, dimension: dimension, from: RandomStream(seed: 2))
    var moved = b
    for i in 0..<80 { moved[i, 0] += 1.2 }
    let same = distance.compare(a, b, permutations: 39, stream: RandomStream(seed: 3))
    #expect(same.pValue > 0.05 && same.distance < 1.6 * same.noiseFloor)
    let different = distance.compare(a, moved, permutations: 39, stream: RandomStream(seed: 3))
    #expect(different.pValue == 1.0 / 40 && different.distance > 1.5 * different.noiseFloor)
    #expect(distance(a, a) < 1e-7)
  }

  @Test func medianBandwidthIsAMedian() {
    let points = Batch<Double>(elements: [0, 1, 3], dimension: 1)
    // Distances between any two of 0, 1, 3, 0, 1, 3 that differ: 1, 2, 3, equally often.
    #expect(MaximumMeanDiscrepancy.medianBandwidth(points, points) == 2)
  }
}
