import Verification

/// What a run of the suite counts.
struct Tally: Sendable {
  /// True identities: how many, and how many were called what.
  var identities = 0
  var verified = 0
  var inconclusive = 0
  var falseAlarms = 0
  /// Wrong forms.
  var wrongForms = 0
  var refuted = 0
  var passed = 0
  /// Diagnoses of refuted wrong forms for which one is expected.
  var diagnosable = 0
  var rightDiagnoses = 0
  var wrongDiagnoses = 0
  /// Errors without structure, of which none may be diagnosed.
  var unstructured = 0
  var inventedDiagnoses = 0
  /// Errors of three times the stated resolution, and of a third of it.
  var triples = 0
  var triplesRefuted = 0
  var thirds = 0
  var thirdsRefuted = 0
  /// What went wrong, in words.
  var notes: [String] = []

  static func + (a: Tally, b: Tally) -> Tally {
    var sum = a
    for count in counts { sum[keyPath: count] += b[keyPath: count] }
    sum.notes += b.notes
    return sum
  }

  private static var counts: [WritableKeyPath<Tally, Int>] {
    [
      \.identities, \.verified, \.inconclusive, \.falseAlarms, \.wrongForms, \.refuted, \.passed,
      \.diagnosable,
      \.rightDiagnoses, \.wrongDiagnoses, \.unstructured, \.inventedDiagnoses, \.triples, \.triplesRefuted,
      \.thirds,
      \.thirdsRefuted,
    ]
  }

  var report: String {
    func share(_ n: Int, of total: Int) -> String {
      total == 0 ? "none tried" : "\(n) of \(total) (\(Double(n * 10_000 / total) / 100)%)"
    }
    return """
      true identities verified              \(share(verified, of: identities))
        inconclusive                        \(inconclusive)
        false alarms                        \(falseAlarms)
      wrong forms refuted                   \(share(refuted, of: wrongForms))
        called verified                     \(passed)
      right diagnoses                       \(share(rightDiagnoses, of: diagnosable))
      wrong diagnoses                       \(share(wrongDiagnoses, of: diagnosable))
      unstructured errors given a diagnosis \(share(inventedDiagnoses, of: unstructured))
      errors of 3 x resolution refuted      \(share(triplesRefuted, of: triples))
      errors of 1/3 x resolution refuted    \(share(thirdsRefuted, of: thirds))
      """
  }
}
