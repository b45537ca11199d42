/// One pair of axes with its marks.
struct Panel: Sendable {
  var title = ""
  var subtitle = ""
  var marks: [any Mark] = []
  var x = AxisSettings()
  var y = AxisSettings()
  var legend = LegendPlace.best
  var isEqualAspect = false
  var colorBar: ColorBarSettings = ColorBarSettings()
}

struct ColorBarSettings: Hashable, Sendable {
  var label = ""
  var isShown = true
}

/// Where a panel's legend stands.
public enum LegendPlace: Hashable, Sendable {
  /// Inside, where it hides least.
  case best
  case topLeft, topRight, bottomLeft, bottomRight, top, bottom
  /// Right of the axes.
  case outside
  case none
}
