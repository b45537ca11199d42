import RealModule

/// The Fokker-Planck equation solved on a grid, in one dimension or two: an oracle that knows nothing of
/// particles or closed forms.
///
/// The equation d_t p = -div J, J_k = (f_k - d_k D_kk / 2) p - D_kk / 2 d_k p, is kept in its conservative form:
/// what leaves a cell enters the next, and nothing crosses the border. So mass is conserved to rounding. The
/// flux between neighbours is that of the stationary solution between them (Chang-Cooper, Scharfetter-Gummel),
///
///     J = C / dx (B(-w) p_i - B(w) p_{i+1}),  w = (f - D'/2) dx / C,  C = D/2,  B(w) = w / (exp(w) - 1),
///
/// exact for constant coefficients at equilibrium, upwind where there is no noise. Second order in the cell
/// width where noise is there; without noise of first order. Two dimensions are done in turn (Strang's splitting,
/// second order). Correlated noise adds the flux of the mixed derivative, d_1 d_2 (D_12 p), which is taken explicitly
/// before and after: then steps are limited to |D_12| step <= cell area, and p may swing below zero where the grid is
/// too coarse for it.
/// Source: J. Chang, G. Cooper, "A practical difference scheme for Fokker-Planck equations", J. Comp. Phys. 6
/// (1970); D. Scharfetter, H. Gummel, "Large-signal analysis of a silicon Read diode oscillator", IEEE Trans. Electron
/// Devices 16 (1969); G. Strang, "On the construction and comparison of difference schemes", SIAM J. Numer. Anal. 5
/// (1968).
public struct FokkerPlanckGrid<D: ItoDynamics>: Sendable {
  public let dynamics: D
  public let scheme: TimeScheme

  /// How steps in time are taken.
  public enum TimeScheme: Sendable {
    /// Second order in the step. With steps far longer than cell^2 / D a rough density may swing below zero.
    case crankNicolson

    /// First order; a density stays positive whatever the step.
    case implicitEuler
  }

  /// On the line or in the plane; the noise may depend on the point.
  public init(_ dynamics: D, scheme: TimeScheme = .crankNicolson) {
    self.dynamics = dynamics
    self.scheme = scheme
  }

  /// The density at the later time `to`, by `steps` equal steps. O(cells) evaluations of the coefficients a
  /// step; a grid too small for the density keeps at its border what would have left.
  public func evolve(_ initial: GridDensity, from: Double, to: Double, steps: Int) -> GridDensity {
    precondition(to > from && steps > 0, "a density from \(from) to \(to) in \(steps) steps")
    var density = initial
    let h = (to - from) / Double(steps)
    for step in 0..<steps {
      let middle = from + (Double(step) + 0.5) * h
      if density.axes.count == 1 {
        sweep(&density, axis: 0, at: middle, over: h)
      } else {
        let mixed = MixedFlux(density.axes, over: h) { x in dynamics.noiseRate(x, at: middle)[0, 1] }
        mixed?.advance(&density.values, over: h / 2)
        sweep(&density, axis: 0, at: middle, over: h / 2)
        sweep(&density, axis: 1, at: middle, over: h)
        sweep(&density, axis: 0, at: middle, over: h / 2)
        mixed?.advance(&density.values, over: h / 2)
      }
    }
    return density
  }

  /// Moves every line of the grid along one axis.
  private func sweep(_ density: inout GridDensity, axis: Int, at t: Double, over h: Double) {
    let axes = density.axes
    let line = axes[axis]
    let others = axes.count == 1 ? 1 : axes[1 - axis].cells
    let stride = axes.count == 2 && axis == 0 ? axes[1].cells : 1
    let jump = axis == 0 ? 1 : line.cells
    var system = Tridiagonal(size: line.cells)
    var p = [Double](repeating: 0, count: line.cells)
    for other in 0..<others {
      let offset = other * jump
      system.clear()
      for edge in 1..<line.cells {
        let across = axes.count == 1 ? nil : axes[1 - axis].center(Double(other))
        let x = Self.point(line.center(Double(edge) - 0.5), across, axis)
        let (right, left) = exchange(x, axis: axis, width: line.width, at: t)
        system.addFlux(edge, right: right / line.width, left: left / line.width)
      }
      for i in 0..<line.cells { p[i] = density.values[offset + i * stride] }
      switch scheme {
      case .crankNicolson: system.step(&p, explicit: h / 2, implicit: h / 2)
      case .implicitEuler: system.step(&p, explicit: 0, implicit: h)
      }
      for i in 0..<line.cells { density.values[offset + i * stride] = p[i] }
    }
  }

  private static func point(_ along: Double, _ across: Double?, _ axis: Int) -> Vector<Double> {
    guard let across else { return Vector([along]) }
    return axis == 0 ? Vector([along, across]) : Vector([across, along])
  }

  /// The factors of p on the left and right of an edge in the flux over it.
  private func exchange(_ x: Vector<Double>, axis: Int, width: Double, at t: Double) -> (
    right: Double, left: Double
  ) {
    let seeded = Vector<Dual<Double>>(count: x.count) { Dual(x[$0], $0 == axis ? 1 : 0) }
    let rate = dynamics.noiseRate(seeded, at: Dual(t))
    let flow = dynamics.drift(x, at: t)[axis] - rate[axis, axis].derivative / 2
    let spread = rate[axis, axis].value / 2
    precondition(flow.isFinite && spread.isFinite, "the coefficients at \(x), t = \(t) are not finite")
    let w = flow * width / spread
    // Without noise, or against it by more than exp can tell, the flux is upwind.
    guard abs(w) < 500 else { return (max(flow, 0), max(-flow, 0)) }
    return (spread / width * bernoulli(-w), spread / width * bernoulli(w))
  }
}

/// w / (exp(w) - 1).
private func bernoulli(_ w: Double) -> Double { abs(w) < 1e-9 ? 1 - w / 2 : w / Double.expMinusOne(w) }

/// The generator L of a one-dimensional exchange between neighbours, d p / dt = L p, whose columns sum to zero.
private struct Tridiagonal {
  private var below: [Double]
  private var diagonal: [Double]
  private var above: [Double]
  private var factor: [Double]

  init(size: Int) {
    below = [Double](repeating: 0, count: size)
    diagonal = below
    above = below
    factor = below
  }

  mutating func clear() {
    for i in diagonal.indices { (below[i], diagonal[i], above[i]) = (0, 0, 0) }
  }

  /// The exchange over the edge between cells `edge` - 1 and `edge`, at these rates to the right and left.
  mutating func addFlux(_ edge: Int, right: Double, left: Double) {
    diagonal[edge - 1] -= right
    below[edge] += right
    diagonal[edge] -= left
    above[edge - 1] += left
  }

  /// Solves (1 - implicit L) p' = (1 + explicit L) p; `p` becomes p'. The matrix is an M-matrix, for which
  /// elimination without pivoting is stable.
  mutating func step(_ p: inout [Double], explicit: Double, implicit: Double) {
    let n = p.count
    if explicit != 0 {
      var previous = 0.0
      for i in 0..<n {
        let change =
          below[i] * previous + diagonal[i] * p[i] + (i + 1 < n ? above[i] * p[i + 1] : 0)
        previous = p[i]
        p[i] += explicit * change
      }
    }
    var pivot = 1 - implicit * diagonal[0]
    p[0] /= pivot
    for i in 1..<n {
      factor[i] = -implicit * above[i - 1] / pivot
      pivot = 1 - implicit * diagonal[i] + implicit * below[i] * factor[i]
      p[i] = (p[i] + implicit * below[i] * p[i - 1]) / pivot
    }
    for i in (0..<n - 1).reversed() { p[i] -= factor[i + 1] * p[i + 1] }
  }
}
