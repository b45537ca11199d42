/// What one round measured of one contestant.
struct Sample {
  var seconds: Double
  /// Time on processors, user's and system's, of all threads and descendants.
  var processorSeconds: Double
  /// Resident memory of the largest process that took part, in bytes.
  var peakBytes: Int
  /// A result of the work, to compare with the others'; nil where there is none.
  var check: Double?
}
