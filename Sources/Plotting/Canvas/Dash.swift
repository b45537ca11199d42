/// The pattern of a line, so that series can be told apart without colour.
public enum Dash: Sendable, Hashable, CaseIterable {
  case solid, dashed, dashDotted, dotted, longDashed, dashDotDotted

  /// Marks and gaps in turn, in line widths.
  var lengths: [Double] {
    switch self {
    case .solid: []
    case .dashed: [4, 2.2]
    case .dashDotted: [5, 2, 1.2, 2]
    case .dotted: [0.01, 2.2]
    case .longDashed: [8, 2.5]
    case .dashDotDotted: [6, 2, 1.2, 2, 1.2, 2]
    }
  }

  /// What an alternative text calls it.
  var name: String {
    switch self {
    case .solid: "solid"
    case .dashed: "dashed"
    case .dashDotted: "dash-dotted"
    case .dotted: "dotted"
    case .longDashed: "long-dashed"
    case .dashDotDotted: "dash-dot-dotted"
    }
  }
}
