/// The part of a Fokker-Planck equation in the plane that correlated noise adds, d_t p = d_1 d_2 (D_12 p), as fluxes over
/// the corners of cells: what a corner takes from two cells it gives to the other two, and corners on the border do
/// nothing. So mass is conserved to rounding.
struct MixedFlux {
  private let rows: Int
  private let columns: Int
  private let area: Double

  /// D_12 at the centres of cells.
  private let correlation: [Double]

  /// Nil where there is no correlation.
  init?(_ axes: [GridAxis], over step: Double, _ rate: (Vector<Double>) -> Double) {
    (rows, columns) = (axes[0].cells, axes[1].cells)
    area = axes[0].width * axes[1].width
    correlation = axes[0].centers.flatMap { x in axes[1].centers.map { rate([x, $0]) } }
    let largest = correlation.reduce(0) { larger($0, abs($1)) }
    guard largest != 0 else { return nil }
    precondition(largest.isFinite, "the noise is not finite on the grid")
    precondition(
      largest * step <= area,
      "with correlated noise of \(largest) a step may last \(area / largest) at most, not \(step): take more steps"
    )
  }

  /// A step of Heun's method.
  func advance(_ p: inout [Double], over h: Double) {
    let first = rate(p)
    var predicted = p
    for i in p.indices { predicted[i] += h * first[i] }
    let second = rate(predicted)
    for i in p.indices { p[i] += h / 2 * (first[i] + second[i]) }
  }

  private func rate(_ p: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: p.count)
    for i in 1..<rows {
      for j in 1..<columns {
        let (near, far) = ((i - 1) * columns + j, i * columns + j)
        let sum =
          correlation[near - 1] * p[near - 1] + correlation[near] * p[near]
          + correlation[far - 1] * p[far - 1] + correlation[far] * p[far]
        let flux = sum / (4 * area)
        result[near - 1] += flux
        result[near] -= flux
        result[far - 1] -= flux
        result[far] += flux
      }
    }
    return result
  }
}
