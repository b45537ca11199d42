/// One kind of thing that a figure draws. A new kind is one new file: a type that conforms, and the method of `Figure`
/// that adds it.
protocol Mark: Sendable {
  /// The series' name in the legend; empty for none.
  var label: String { get }
  /// What the axes must show of it.
  var extent: Extent { get }
  /// Where its colour comes from.
  var coloring: Coloring { get }
  /// It shares its room with others of its kind, side by side.
  var isGrouped: Bool { get }
  /// The colour scale that its values share with the panel's other fields.
  var colorRange: ColorRange? { get }
  /// Draws it, clipped to the axes' box.
  func draw(on plot: Plot, _ style: SeriesStyle) throws(PlottingError)
  /// Draws what may leave the axes' box, after the axes.
  func drawOver(_ plot: Plot, _ style: SeriesStyle) throws(PlottingError)
  /// The room it takes above the axes, in CSS pixels.
  var headroom: Double { get }
  /// How the legend shows it.
  func key(_ style: SeriesStyle) -> LegendKey?
  /// What it is, for those who don't see it: a phrase without a full stop.
  func summary(x: Axis, y: Axis) -> String
  /// The numbers drawn.
  var table: Table { get }
}

extension Mark {
  var label: String { "" }
  var coloring: Coloring { .none }
  var colorRange: ColorRange? { nil }
  var isGrouped: Bool { false }
  var headroom: Double { 0 }
  func drawOver(_ plot: Plot, _ style: SeriesStyle) throws(PlottingError) {}
  func key(_ style: SeriesStyle) -> LegendKey? { nil }

  /// `label` in quotes for a summary, or nothing.
  var quoted: String { label.isEmpty ? "" : " \"\(plainText(label))\"" }
}

/// Where a mark's colour comes from.
enum Coloring: Hashable, Sendable {
  /// It has none of its own.
  case none
  /// The next of the palette, unless one is given, and what else tells it from others of its kind.
  case next(Color?, Distinction = .none)
  /// The series' before it, unless one is given: a band around its line.
  case previous(Color?)
}

/// What tells series apart besides colour.
enum Distinction: Hashable, Sendable {
  case none, dash, marker
}

/// How one series is drawn.
struct SeriesStyle: Hashable, Sendable {
  var color: UInt32
  var dash: Dash
  var marker: Marker
  /// The place among the panel's marks that share their room, such as bars.
  var groupIndex = 0
  var groupCount = 1
}

/// How a legend shows a series.
struct LegendKey: Sendable {
  var line: Stroke?
  var marker: (shape: Marker, radius: Double)?
  var patch: Ink?
  var ink: Ink
}

/// What the axes must show of a mark.
struct Extent: Sendable {
  struct Edges: OptionSet, Sendable {
    let rawValue: Int
    static let left = Edges(rawValue: 1)
    static let right = Edges(rawValue: 2)
    static let bottom = Edges(rawValue: 4)
    static let top = Edges(rawValue: 8)
    static let all: Edges = [.left, .right, .bottom, .top]
  }

  /// Values that a logarithmic axis could not show: how many, and the first.
  struct Refused: Hashable, Sendable {
    var count = 0
    var example = 0.0
  }

  var x: Interval?
  var y: Interval?
  /// Edges that want no margin if this mark reaches them.
  var tight: Edges = []
  /// Bars and areas stand on zero: a linear axis shows it, without a margin below.
  var standsOnZero = false
  var refusedX = Refused()
  var refusedY = Refused()

  init() {}

  init(x: [Double], y: [Double], tight: Edges = [], standsOnZero: Bool = false) {
    (self.x, refusedX) = Self.measure(x)
    (self.y, refusedY) = Self.measure(y)
    self.tight = tight
    self.standsOnZero = standsOnZero
  }

  private static func measure(_ values: [Double]) -> (Interval?, Refused) {
    var low = Double.infinity
    var high = -Double.infinity
    var refused = Refused()
    for value in values where value.isFinite {
      if value < low { low = value }
      if value > high { high = value }
      if value <= 0 {
        if refused.count == 0 { refused.example = value }
        refused.count += 1
      }
    }
    return (low <= high ? Interval(low, high) : nil, refused)
  }
}

/// Where a mark draws: the canvas, the axes' box, and the way from data to it.
struct Plot {
  let canvas: Canvas
  let box: Rectangle
  let x: Axis
  let y: Axis
  let theme: Theme
  let typesetter: Typesetter
  let colors: ColorRange?
  private let origin: Spot
  private let slope: Spot

  init(
    canvas: Canvas, box: Rectangle, x: Axis, y: Axis, theme: Theme, typesetter: Typesetter,
    colors: ColorRange?
  ) {
    (self.canvas, self.box, self.x, self.y) = (canvas, box, x, y)
    (self.theme, self.typesetter, self.colors) = (theme, typesetter, colors)
    func line(_ axis: Axis, _ start: Double, _ end: Double) -> (Double, Double) {
      let (from, to) = axis.settings.isReversed ? (end, start) : (start, end)
      let (low, high) = (axis.scale.forward(axis.low), axis.scale.forward(axis.high))
      let slope = (to - from) / (high - low)
      return (from - low * slope, slope)
    }
    let (x0, kx) = line(x, box.left, box.right)
    let (y0, ky) = line(y, box.bottom, box.top)
    origin = Spot(x: x0, y: y0)
    slope = Spot(x: kx, y: ky)
  }

  /// Where a data point lies on the canvas.
  @inline(__always)
  func spot(_ dataX: Double, _ dataY: Double) -> Spot {
    Spot(
      x: origin.x + slope.x * x.scale.forward(dataX), y: origin.y + slope.y * y.scale.forward(dataY))
  }

  /// The data point at a place on the canvas.
  func data(_ spot: Spot) -> (x: Double, y: Double) {
    (x.scale.backward((spot.x - origin.x) / slope.x), y.scale.backward((spot.y - origin.y) / slope.y))
  }

  /// Where bars and areas stand: zero, or the axis's lower end on a logarithmic axis.
  var floor: Double { y.scale == .log ? y.low : 0 }

  func spots(_ xs: [Double], _ ys: [Double]) -> [Spot] {
    (0..<min(xs.count, ys.count)).map { spot(xs[$0], ys[$0]) }
  }
}

/// A label without its TeX markup, for those who hear it.
func plainText(_ label: String) -> String { String(label.filter { $0 != "$" }) }
