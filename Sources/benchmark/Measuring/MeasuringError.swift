/// Why something could not be measured.
struct MeasuringError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
