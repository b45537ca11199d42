#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Tick positions by the extended algorithm of Talbot, Lin and Hanrahan (An Extension of Wilkinson's Algorithm for
/// Positioning Tick Labels on Axes, IEEE TVCG 16(6), 2010): the sequence of nice steps is chosen that is best in
/// simplicity, coverage and density together.
enum Ticks {
  /// Nice steps, the best first, and the paper's weights.
  private static let steps: [Double] = [1, 5, 2, 2.5, 4, 3]
  private static let weights = (simplicity: 0.25, coverage: 0.2, density: 0.55)

  /// Ticks within `low...high`, about `count` of them.
  static func linear(_ low: Double, _ high: Double, count: Int) -> [Double] {
    let span = high - low
    guard span > 0, span.isFinite else { return [low] }
    // Near the limits of Double, squares and powers of ten would leave it.
    if span > 1e100 || span < 1e-100 {
      let unit = pow(10, floor(log10(span)))
      return linear(low / unit, high / unit, count: count).map { $0 * unit }
    }
    let wanted = Double(max(count, 2))
    var best = -2.0
    var found: (start: Double, step: Double, count: Int)?
    var skip = 1.0
    search: while skip < 20 {
      for (place, nice) in steps.enumerated() {
        let simplest = simplicity(place, skip, hasZero: true)
        if score(simplest, 1, 1) < best { break search }
        var number = 2.0
        while number < 60 {
          let densest = number >= wanted ? 2 - (number - 1) / (wanted - 1) : 1
          if score(simplest, 1, densest) < best { break }
          let delta = span / (number + 1) / skip / nice
          var power = log10(delta).rounded(.up)
          while power < 400 {
            let step = skip * nice * pow(10, power)
            // Ticks stay inside, so the widest set covers at most its own length.
            let outer = step * (number - 1)
            if outer > span * (1 + 1e-10) { break }
            let covered = 1 - 0.5 * squared(span - outer) / 2 / squared(0.1 * span)
            if score(simplest, covered, densest) < best { break }
            let first = (low / step - 1e-10).rounded(.up)
            let last = (high / step + 1e-10).rounded(.down) - (number - 1)
            var offset = first * skip
            while offset <= last * skip {
              let start = offset * step / skip
              let end = start + outer
              if start >= low - 1e-10 * span, end <= high + 1e-10 * span {
                let hasZero = start <= 0 && end >= 0 && abs((start / step).rounded() - start / step) < 1e-10
                let here = score(
                  simplicity(place, skip, hasZero: hasZero), coverage(low, high, start, end),
                  density(number, wanted, low, high, start, end))
                if here > best {
                  best = here
                  found = (start, step, Int(number))
                }
              }
              offset += 1
            }
            power += 1
          }
          number += 1
        }
      }
      skip += 1
    }
    guard let found else { return [low, high] }
    return (0..<found.count).map { index in
      let value = found.start + Double(index) * found.step
      // Rounding must not make a tick of 1e-17 out of zero.
      return abs(value) < found.step * 1e-9 ? 0 : value
    }
  }

  /// Powers of ten within `low...high`, thinned to about `count`; within one or two decades also 2 and 5 times them.
  /// The second list holds the small ticks between.
  static func logarithmic(_ low: Double, _ high: Double, count: Int) -> (major: [Double], minor: [Double]) {
    let (first, last) = (log10(low), log10(high))
    let decades = last - first
    if decades < 0.7 {
      let major = linear(low, high, count: count).filter { $0 > 0 }
      return (major, [])
    }
    let powers =
      Int(
        (first - 1e-9).rounded(.up))...max(
        Int((first - 1e-9).rounded(.up)), Int((last + 1e-9).rounded(.down)))
    let inside = { (value: Double) in value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9) }
    let all = (Int(first.rounded(.down))...Int(last.rounded(.up)))
    if decades < 2.2, powers.count < 3 {
      let factors: [Double] = decades < 1.3 && count >= 4 ? [1, 2, 5] : count >= 6 ? [1, 2, 5] : [1, 3]
      let major = all.flatMap { power in factors.map { $0 * pow(10, Double(power)) } }.filter(inside)
      let minor = all.flatMap { power in (2...9).map { Double($0) * pow(10, Double(power)) } }.filter(inside)
      return (major, minor.filter { value in !major.contains { abs($0 - value) < 1e-9 * value } })
    }
    let stride = max(1, Int((decades / Double(max(count, 2))).rounded(.up)))
    let major = powers.filter { $0 % stride == 0 }.map { pow(10, Double($0)) }.filter(inside)
    let minor =
      stride > 1
      ? powers.filter { $0 % stride != 0 }.map { pow(10, Double($0)) }
      : decades > 12 ? [] : all.flatMap { power in (2...9).map { Double($0) * pow(10, Double(power)) } }
    return (major, minor.filter(inside))
  }

  private static func squared(_ x: Double) -> Double { x * x }

  private static func score(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
    weights.simplicity * simplicity + weights.coverage * coverage + weights.density * density
  }

  private static func simplicity(_ place: Int, _ skip: Double, hasZero: Bool) -> Double {
    1 - Double(place) / Double(steps.count - 1) - skip + (hasZero ? 1 : 0)
  }

  private static func coverage(_ low: Double, _ high: Double, _ start: Double, _ end: Double) -> Double {
    1 - 0.5 * (squared(high - end) + squared(low - start)) / squared(0.1 * (high - low))
  }

  private static func density(
    _ number: Double, _ wanted: Double, _ low: Double, _ high: Double, _ start: Double, _ end: Double
  ) -> Double {
    let here = (number - 1) / (end - start)
    let goal = (wanted - 1) / (max(end, high) - min(start, low))
    return 2 - max(here / goal, goal / here)
  }
}
