/// What one round measured of one contestant.
struct Sample {
  var seconds: Double
  /// Resident memory of the largest process that took part, in bytes.
  var peakBytes: Int
}
