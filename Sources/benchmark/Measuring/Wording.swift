import Foundation

func decimal(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }

/// Three significant digits: `0.0312 s`, `1.24 s`, `25.3 s`.
func duration(_ seconds: Double) -> String {
  let places = seconds >= 9.995 ? 1 : seconds >= 0.9995 ? 2 : seconds >= 0.09995 ? 3 : 4
  return decimal(seconds, places) + " s"
}

/// Five significant digits of what may be large.
func significant(_ value: Double) -> String { String(format: abs(value) >= 10_000 ? "%.0f" : "%.5g", value) }

func leftPadded(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

func rightPadded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
