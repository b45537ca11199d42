/// A number that can be drawn.
///
/// Methods of `Figure` take columns as `[Double]`, which lets the compiler infer closures and literals at once; any
/// other sequence of numbers is taken by an overload that it tries only then.
public protocol Plottable {
  var plotted: Double { get }
}

extension Double: Plottable { public var plotted: Double { self } }
extension Float: Plottable { public var plotted: Double { Double(self) } }
extension Int: Plottable { public var plotted: Double { Double(self) } }
extension UInt8: Plottable { public var plotted: Double { Double(self) } }
extension Int32: Plottable { public var plotted: Double { Double(self) } }

/// A point of the plane that can be drawn.
public protocol PlottablePoint {
  var plotted: SIMD2<Double> { get }
}

extension SIMD2: PlottablePoint where Scalar: Plottable {
  public var plotted: SIMD2<Double> { SIMD2<Double>(x.plotted, y.plotted) }
}

/// The values of any sequence of numbers; arrays of `Double` as they are.
func column(_ values: some Sequence<some Plottable>) -> [Double] {
  if let doubles = values as? [Double] { return doubles }
  if let floats = values as? [Float] { return floats.map(Double.init) }
  return values.map(\.plotted)
}

/// The coordinates of any sequence of points.
func coordinates(_ points: some Sequence<some PlottablePoint>) -> (x: [Double], y: [Double]) {
  var x: [Double] = []
  var y: [Double] = []
  x.reserveCapacity(points.underestimatedCount)
  y.reserveCapacity(points.underestimatedCount)
  for point in points {
    let plotted = point.plotted
    x.append(plotted.x)
    y.append(plotted.y)
  }
  return (x, y)
}
