import Glibc

/// Runs a check from its call to its record: makes the check, turns obstacles into the verdict
/// 'inconclusive' with their reason, takes the time, and tells the session.
func conclude(
  _ label: String, kind: String, place: Check.Place, _ body: (inout Check, VerificationSession) throws -> Void
) -> Check {
  let session = VerificationSession.current
  let start = seconds()
  var check = examine(label, kind: kind, place) { check in
    guard session.budget > 0 else {
      throw Obstacle("the budget of evaluations is \(session.budget): nothing can be tried")
    }
    try body(&check, session)
  }
  check.seconds = seconds() - start
  session.record(check)
  return check
}

/// The check that a body makes, without a record of it.
func examine(
  _ label: String, kind: String = "identity", _ place: Check.Place, _ body: (inout Check) throws -> Void
) -> Check {
  var check = Check(label, kind: kind, verdict: .inconclusive, sentence: "", place: place)
  do {
    try body(&check)
  } catch let obstacle as Obstacle {
    check.verdict = .inconclusive
    check.sentence = obstacle.sentence
  } catch {
    check.verdict = .inconclusive
    check.sentence = "an error was thrown: \(error)"
  }
  return check
}

private func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
