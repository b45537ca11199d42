#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Bars over equal bins of one variable.
struct Histogram: Mark {
  let edges: [Double]
  let heights: [Double]
  let count: Int
  let dropped: Int
  let isDensity: Bool
  let label: String
  let color: Color?

  /// Counts `samples` in bins of the width 2 IQR n^(-1/3) (Freedman and Diaconis, Z. Wahrscheinlichkeitstheorie verw.
  /// Geb. 57, 453 (1981)), at least 5 and at most 200 of them, unless `bins` is given. As a density the bars' area is 1.
  init(
    _ samples: [Double], bins: Int?, range: ClosedRange<Double>?, isDensity: Bool, label: String,
    color: Color?
  ) {
    let finite = samples.filter { $0.isFinite && range?.contains($0) ?? true }.sorted()
    (self.label, self.color, self.isDensity) = (label, color, isDensity)
    count = finite.count
    dropped = samples.count - finite.count
    var low = range?.lowerBound ?? finite.first ?? 0
    var high = range?.upperBound ?? finite.last ?? 1
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let number = bins ?? Self.freedmanDiaconis(finite, low, high)
    let width = (high - low) / Double(number)
    var counts = [Double](repeating: 0, count: number)
    for value in finite { counts[min(number - 1, max(0, Int((value - low) / width)))] += 1 }
    edges = (0...number).map { $0 == number ? high : low + Double($0) * width }
    let unit = isDensity && !finite.isEmpty ? 1 / (Double(finite.count) * width) : 1
    heights = counts.map { $0 * unit }
  }

  static func freedmanDiaconis(_ sorted: [Double], _ low: Double, _ high: Double) -> Int {
    guard sorted.count > 1 else { return 5 }
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let index = min(Int(place), sorted.count - 2)
      return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
    }
    let spread = quantile(0.75) - quantile(0.25)
    let cube = cbrt(Double(sorted.count))
    let width = 2 * spread / cube
    guard width > 0 else { return min(200, max(5, Int((2 * cube).rounded(.up)))) }
    return Int(min(200, max(5, ((high - low) / width).rounded(.up))))
  }

  var extent: Extent {
    var extent = Extent(x: edges, y: heights.filter { $0 > 0 }, standsOnZero: true)
    extent.y = Interval(heights)
    extent.refusedY = Extent.Refused()
    if let positive = Interval(heights.filter { $0 > 0 }), extent.y?.low == 0 { extent.y = positive }
    return extent
  }
  var coloring: Coloring { .next(color) }

  func draw(on plot: Plot, _ style: SeriesStyle) {
    var outline = [plot.spot(edges[0], plot.floor)]
    for (index, height) in heights.enumerated() {
      let top = max(height, plot.floor)
      outline.append(plot.spot(edges[index], top))
      outline.append(plot.spot(edges[index + 1], top))
    }
    outline.append(plot.spot(edges[edges.count - 1], plot.floor))
    plot.canvas.fill(outline, Ink(rgb: style.color, opacity: 0.38))
    // Bars are told apart by lines of the same colour, as long as they are wide enough for it.
    let width = abs(plot.spot(edges[1], 0).x - plot.spot(edges[0], 0).x)
    if width > 4 {
      for (index, edge) in edges.enumerated().dropFirst().dropLast() {
        let height = min(heights[index - 1], heights[index])
        guard height > 0 else { continue }
        plot.canvas.rule(
          from: plot.spot(edge, plot.floor), to: plot.spot(edge, height), width: 0.5,
          Ink(rgb: style.color, opacity: 0.45))
      }
    }
    plot.canvas.stroke(outline, Stroke(width: 1.1), Ink(rgb: style.color))
  }

  func key(_ style: SeriesStyle) -> LegendKey? {
    LegendKey(patch: Ink(rgb: style.color, opacity: 0.45), ink: Ink(rgb: style.color))
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    let peak = heights.indices.max { heights[$0] < heights[$1] } ?? 0
    let (low, high) = (spoken(edges[peak]), spoken(edges[peak + 1]))
    let left =
      dropped == 0 ? "" : ", \(Plotting.count(dropped, "sample")) not finite or out of range left out"
    return
      "a histogram\(quoted) of \(Plotting.count(count, "sample")) in \(Plotting.count(heights.count, "bin")) from "
      + "\(spoken(edges[0])) to \(spoken(edges[edges.count - 1])), highest from \(low) to \(high) "
      + "at \(spoken(heights[peak]))\(isDensity ? " (a density)" : "")\(left)"
  }

  var table: Table {
    Table(
      "histogram", label, [("x", Array(edges.dropLast())), ("x2", Array(edges.dropFirst())), ("y", heights)])
  }
}

extension Figure {
  /// A histogram of samples, as a density unless `density` is false, in Freedman and Diaconis' bins unless `bins` says
  /// how many. Samples that are not finite or outside `range` are left out, and the alternative text says so.
  public func histogram(
    _ samples: [Double], _ label: String = "", bins: Int? = nil, in range: ClosedRange<Double>? = nil,
    density: Bool = true, color: Color? = nil
  ) -> Figure {
    precondition(bins ?? 1 > 0, "a histogram needs a bin")
    return adding(
      Histogram(column(samples), bins: bins, range: range, isDensity: density, label: label, color: color))
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func histogram(
    _ samples: some Sequence<some Plottable>, _ label: String = "", bins: Int? = nil,
    in range: ClosedRange<Double>? = nil, density: Bool = true, color: Color? = nil
  ) -> Figure {
    histogram(column(samples), label, bins: bins, in: range, density: density, color: color)
  }
}
