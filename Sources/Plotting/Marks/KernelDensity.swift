#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Gaussian kernel density estimates on a grid: samples are shared out among the grid's nodes (linear binning) and the
/// nodes smoothed, which takes time proportional to the number of samples (Silverman, Density Estimation, 1986, 3.5).
enum KernelDensity {
  /// Silverman's bandwidth 0.9 min(s, IQR / 1.34) n^(-1/5) for one variable (ibid., 3.31).
  static func bandwidth(_ sorted: [Double]) -> Double {
    guard sorted.count > 1 else { return 1 }
    let n = Double(sorted.count)
    let mean = sorted.reduce(0, +) / n
    let deviation = (sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
    func quantile(_ share: Double) -> Double { sorted[Int((share * (n - 1)).rounded())] }
    let spread = (quantile(0.75) - quantile(0.25)) / 1.34
    let scale = spread > 0 ? min(deviation, spread) : deviation
    return scale > 0 ? 0.9 * scale * pow(n, -0.2) : max(abs(mean) * 1e-3, 1e-3)
  }

  /// The density of one variable at even steps from three bandwidths below to three above the samples.
  static func curve(_ samples: [Double], bandwidth wanted: Double?, nodes: Int = 512) -> (
    x: [Double], y: [Double]
  ) {
    let sorted = samples.filter(\.isFinite).sorted()
    guard let least = sorted.first, let most = sorted.last else { return ([], []) }
    let bandwidth = wanted ?? bandwidth(sorted)
    let (low, high) = (least - 3 * bandwidth, most + 3 * bandwidth)
    let step = (high - low) / Double(nodes - 1)
    var weights = [Double](repeating: 0, count: nodes)
    for value in sorted {
      let place = (value - low) / step
      let index = min(Int(place), nodes - 2)
      weights[index] += 1 - (place - Double(index))
      weights[index + 1] += place - Double(index)
    }
    let smooth = convolve(weights, kernel(bandwidth / step), stride: 1, count: nodes)
    let unit = 1 / (Double(sorted.count) * step)
    return ((0..<nodes).map { low + Double($0) * step }, smooth.map { $0 * unit })
  }

  /// The density of two variables on `nodes` x `nodes` nodes, with Scott's bandwidths s n^(-1/6).
  static func field(
    _ x: [Double], _ y: [Double], bandwidth wanted: Double?,
    over region: (ClosedRange<Double>, ClosedRange<Double>)?,
    nodes: Int
  ) -> Field? {
    let points = zip(x, y).filter { $0.0.isFinite && $0.1.isFinite }
    guard !points.isEmpty else { return nil }
    let n = Double(points.count)
    func bandwidth(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / n
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(n - 1, 1)).squareRoot()
      return wanted ?? (deviation > 0 ? deviation * pow(n, -1.0 / 6) : 1)
    }
    let (xs, ys) = (points.map(\.0), points.map(\.1))
    let (hx, hy) = (bandwidth(xs), bandwidth(ys))
    let across = region?.0 ?? (xs.min()! - 2.5 * hx)...(xs.max()! + 2.5 * hx)
    let up = region?.1 ?? (ys.min()! - 2.5 * hy)...(ys.max()! + 2.5 * hy)
    let stepX = (across.upperBound - across.lowerBound) / Double(nodes - 1)
    let stepY = (up.upperBound - up.lowerBound) / Double(nodes - 1)
    var weights = [Double](repeating: 0, count: nodes * nodes)
    for (px, py) in points {
      let (u, v) = ((px - across.lowerBound) / stepX, (py - up.lowerBound) / stepY)
      guard u >= 0, v >= 0, u <= Double(nodes - 1), v <= Double(nodes - 1) else { continue }
      let (column, row) = (min(Int(u), nodes - 2), min(Int(v), nodes - 2))
      let (a, b) = (u - Double(column), v - Double(row))
      weights[row * nodes + column] += (1 - a) * (1 - b)
      weights[row * nodes + column + 1] += a * (1 - b)
      weights[(row + 1) * nodes + column] += (1 - a) * b
      weights[(row + 1) * nodes + column + 1] += a * b
    }
    weights = convolve(weights, kernel(hx / stepX), stride: 1, count: nodes)
    weights = convolve(weights, kernel(hy / stepY), stride: nodes, count: nodes)
    let unit = 1 / (n * stepX * stepY)
    return Field(x: across, y: up, columns: nodes, rows: nodes, values: weights.map { $0 * unit })
  }

  /// The weights of a Gaussian at whole steps, to four bandwidths; their sum is 1.
  private static func kernel(_ width: Double) -> [Double] {
    let reach = max(1, Int((4 * width).rounded(.up)))
    let weights = (0...reach).map { exp(-0.5 * pow(Double($0) / max(width, 1e-3), 2)) }
    let sum = 2 * weights.reduce(0, +) - weights[0]
    return weights.map { $0 / sum }
  }

  /// Smooths along lines of `count` nodes that are `stride` apart.
  private static func convolve(_ values: [Double], _ kernel: [Double], stride: Int, count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: values.count)
    for index in values.indices where values[index] != 0 {
      let position = stride == 1 ? index % count : index / stride
      for (offset, weight) in kernel.enumerated() {
        if position + offset < count { result[index + offset * stride] += weight * values[index] }
        if offset > 0, position >= offset { result[index - offset * stride] += weight * values[index] }
      }
    }
    return result
  }
}

extension Figure {
  /// The kernel density estimate of samples as a filled curve, with Silverman's bandwidth if none is given.
  public func density(
    _ samples: [Double], _ label: String = "", bandwidth: Double? = nil, color: Color? = nil,
    filled: Bool = true
  ) -> Figure {
    precondition(bandwidth ?? 1 > 0, "a bandwidth is positive")
    let curve = KernelDensity.curve(column(samples), bandwidth: bandwidth)
    return filled
      ? area(curve.x, curve.y, label, color: color, opacity: 0.25)
      : line(curve.x, curve.y, label, color: color)
  }

  /// The same for any sequences of numbers.
  @_disfavoredOverload
  public func density(
    _ samples: some Sequence<some Plottable>, _ label: String = "", bandwidth: Double? = nil,
    color: Color? = nil, filled: Bool = true
  ) -> Figure {
    density(column(samples), label, bandwidth: bandwidth, color: color, filled: filled)
  }

  /// The kernel density estimate of points of the plane, in colours.
  public func density(
    _ points: [SIMD2<Double>], _ label: String = "", bandwidth: Double? = nil, x: ClosedRange<Double>? = nil,
    y: ClosedRange<Double>? = nil, map: ColorMap = .blues, resolution: Int = 128
  ) -> Figure {
    precondition(bandwidth ?? 1 > 0, "a bandwidth is positive")
    let (xs, ys) = coordinates(points)
    var region: (ClosedRange<Double>, ClosedRange<Double>)?
    if let x, let y { region = (x, y) }
    guard let field = KernelDensity.field(xs, ys, bandwidth: bandwidth, over: region, nodes: resolution)
    else {
      return self
    }
    return adding(Heatmap(field: field, label: label, map: map, scale: .linear, bounds: nil, isSmooth: true))
  }

  /// The same for any sequence of points.
  @_disfavoredOverload
  public func density(
    _ points: some Sequence<some PlottablePoint>, _ label: String = "", bandwidth: Double? = nil,
    x: ClosedRange<Double>? = nil, y: ClosedRange<Double>? = nil, map: ColorMap = .blues,
    resolution: Int = 128
  ) -> Figure {
    density(points.map(\.plotted), label, bandwidth: bandwidth, x: x, y: y, map: map, resolution: resolution)
  }
}
