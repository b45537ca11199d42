import Diffusion

/// How a quadrature begins: equal panels, panels graded towards named peaks where these are sharp, and a rule
/// for each panel.
struct Partition {
  let panels: Int
  let rule: GaussKronrodRule
  /// How far an equal panel is narrowed towards a peak, step by step.
  let grades: [Double]

  /// Sixteen panels. Those towards a peak shrink to 1/8000 of an equal one; as the rule's outermost node lies
  /// at 1/460 of a panel, a named peak is seen that is a 10^-8th of the range wide.
  static let first = Partition(panels: 16, rule: .points21, grades: [1 / 20.0, 1 / 400.0, 1 / 8000.0])

  /// Panels that share no inner edge with the first but the peaks.
  static let shifted = Partition(panels: 19, rule: .points15, grades: [1 / 30.0, 1 / 900.0, 1 / 27000.0])

  func integrate(
    _ range: ClosedRange<Double>, _ peaks: [Double], _ relativeTolerance: Double,
    _ integrand: (Double) -> Double
  ) -> Integral<Double> {
    // An integral may vanish, so that no relative tolerance is ever met: then division stops at 1e-15 for integrands
    // of size 1, and where that ended it too early, at as small a share of the size that was found.
    var size = 0.0
    let first = integrate(range, peaks, Tolerance(absolute: 1e-15, relative: relativeTolerance)) { x in
      let y = integrand(x)
      size = max(size, y.magnitude)
      return y
    }
    let length = range.upperBound - range.lowerBound
    let absolute = 1e-15 * size * (length.isFinite ? length : 1)
    guard absolute < 1e-16, first.error > relativeTolerance * first.value.magnitude else { return first }
    return integrate(
      range, peaks, Tolerance(absolute: absolute, relative: relativeTolerance), integrand)
  }

  private func integrate(
    _ range: ClosedRange<Double>, _ peaks: [Double], _ tolerance: Tolerance, _ integrand: (Double) -> Double
  ) -> Integral<Double> {
    // On an infinite range there is no width to grade by: the integrator does it in its own coordinate.
    guard range.lowerBound.isFinite, range.upperBound.isFinite else {
      return Diffusion.integrate(
        over: range, peaks: peaks, panels: panels, rule: rule, tolerance: tolerance, integrand)
    }
    let width = (range.upperBound - range.lowerBound) / Double(panels)
    let edges = peaks.flatMap { peak in
      [peak]
        + grades(at: peak, in: range, width: width, integrand).flatMap {
          [peak - $0 * width, peak + $0 * width]
        }
    }
    return Diffusion.integrate(
      over: range, breakpoints: edges, panels: panels, rule: rule, tolerance: tolerance, integrand)
  }

  /// The grades that a peak needs: those down to the last across which the integrand changes by more than a
  /// fifth of its size. Where it is smooth, as most are, nine values save six panels.
  private func grades(
    at peak: Double, in range: ClosedRange<Double>, width: Double, _ integrand: (Double) -> Double
  ) -> ArraySlice<Double> {
    guard range.contains(peak), let finest = grades.last else { return [] }
    // The closest is as near as the outermost node of the finest panel would be, and not the peak itself,
    // where an integrand may be singular.
    let distances = [1] + grades + [finest / 500]
    let sides = [-1.0, 1.0].map { sign in
      distances.compactMap { distance -> Double? in
        let x = peak + sign * distance * width
        return range.contains(x) ? integrand(x) : nil
      }
    }
    let size = sides.joined().reduce(0) { max($0, $1.magnitude) }
    // Where nothing is seen, nothing is known.
    guard size > 0, size.isFinite, sides.joined().allSatisfy(\.isFinite) else { return grades[...] }
    var needed = 0
    for values in sides {
      // A side cut short by the range's end lacks its outer distances.
      let offset = distances.count - values.count
      for i in values.indices.dropLast() where (values[i] - values[i + 1]).magnitude > 0.2 * size {
        needed = max(needed, i + offset)
      }
    }
    return grades.prefix(needed)
  }
}
