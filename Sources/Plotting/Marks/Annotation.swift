#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Words in the axes, with an arrow to what they are about if there is one.
struct Annotation: Mark {
  let text: String
  let x: Double
  let y: Double
  /// Where the arrow points.
  let target: (x: Double, y: Double)?
  let color: Color?
  let anchor: TextAnchor

  var extent: Extent {
    Extent(x: [x] + (target.map { [$0.x] } ?? []), y: [y] + (target.map { [$0.y] } ?? []))
  }

  func draw(on plot: Plot, _ style: SeriesStyle) throws(PlottingError) {}

  /// Drawn over the axes: words at the edge are not cut.
  func drawOver(_ plot: Plot, _ style: SeriesStyle) throws(PlottingError) {
    let box = try plot.typesetter.set(text, size: Metrics.legendText)
    let rgb = (color ?? .foreground).on(plot.theme)
    let spot = plot.spot(x, y)
    guard spot.isFinite else { return }
    var (across, vertical, dx, dy) = anchor.placement
    if let target {
      // The words turn their nearest side to the arrow, which begins just off them.
      let end = plot.spot(target.x, target.y)
      guard end.isFinite else { return }
      let (width, height) = (end.x - spot.x, end.y - spot.y)
      let length = hypot(width, height)
      if length > 8 {
        let (ux, uy) = (width / length, height / length)
        plot.canvas.arrow(
          from: Spot(x: spot.x + ux * 3, y: spot.y + uy * 3), to: Spot(x: end.x - ux * 3, y: end.y - uy * 3),
          width: 1,
          Ink(rgb: rgb, opacity: 0.85))
      }
      if abs(width) > abs(height) {
        (across, vertical, dx, dy) = (width > 0 ? 1 : 0, .figures, width > 0 ? -1 : 1, 0)
      } else {
        (across, vertical, dx, dy) = (0.5, height > 0 ? .bottom : .top, 0, height > 0 ? -1 : 1)
      }
    }
    // Pushed back into the axes where it would reach beyond.
    var left = spot.x + dx - across * box.width
    left = max(min(left, plot.box.right - box.width - 4), plot.box.left + 4)
    plot.canvas.draw(
      box, at: Spot(x: left + across * box.width, y: spot.y + dy), Canvas.Anchor(across, vertical),
      color: rgb,
      fonts: plot.typesetter.fonts)
  }

  func summary(x xAxis: Axis, y yAxis: Axis) -> String {
    let end = target.map { ", with an arrow to (\(spoken($0.x)), \(spoken($0.y)))" } ?? ""
    return "the words \"\(plainText(text))\" at (\(spoken(x)), \(spoken(y)))\(end)"
  }
  var table: Table { Table("text", text, [("x", [x]), ("y", [y])]) }
}

/// On which side of its point a text stands.
public enum TextAnchor: Hashable, Sendable {
  case center, left, right, above, below, aboveRight, aboveLeft, belowRight, belowLeft

  /// The part of the text at the point, and how far it is off, in CSS pixels.
  var placement: (across: Double, vertical: Canvas.Anchor.Vertical, dx: Double, dy: Double) {
    switch self {
    case .center: (0.5, .figures, 0, 0)
    case .left: (1, .figures, -6, 0)
    case .right: (0, .figures, 6, 0)
    case .above: (0.5, .bottom, 0, -6)
    case .below: (0.5, .top, 0, 6)
    case .aboveRight: (0, .bottom, 4, -4)
    case .aboveLeft: (1, .bottom, -4, -4)
    case .belowRight: (0, .top, 4, 4)
    case .belowLeft: (1, .top, -4, 4)
    }
  }
}

extension Figure {
  /// Words at a point of the axes, on one side of it.
  public func text(
    _ text: String, at x: Double, _ y: Double, _ side: TextAnchor = .center, color: Color? = nil
  ) -> Figure {
    adding(Annotation(text: text, x: x, y: y, target: nil, color: color, anchor: side))
  }

  /// Words at (x, y) with an arrow to what they are about.
  public func text(
    _ text: String, at x: Double, _ y: Double, pointingAt targetX: Double, _ targetY: Double,
    color: Color? = nil
  ) -> Figure {
    adding(Annotation(text: text, x: x, y: y, target: (targetX, targetY), color: color, anchor: .center))
  }

  /// An arrow between two points of the axes.
  public func arrow(
    from x: Double, _ y: Double, to targetX: Double, _ targetY: Double, color: Color? = nil
  ) -> Figure {
    adding(Annotation(text: "", x: x, y: y, target: (targetX, targetY), color: color, anchor: .center))
  }
}
