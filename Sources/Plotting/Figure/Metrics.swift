/// The sizes that a figure is made of, in CSS pixels.
enum Metrics {
  static let tickText = 13.0
  static let labelText = 15.0
  static let titleText = 16.0
  static let legendText = 13.5
  static let tick = 4.5
  static let minorTick = 2.5
  static let tickGap = 4.0
  static let frame = 1.0
  static let line = 1.75
  static let edge = 7.0
  static let colorBar = 12.0
  static let panelGap = 14.0
}
