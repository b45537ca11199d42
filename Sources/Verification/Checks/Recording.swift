import Glibc

/// Runs a check from its call to its record: makes the check, turns obstacles into the verdict
/// 'inconclusive' with their reason, takes the time, and tells the session.
func conclude(
  _ label: String, kind: String, place: Check.Place,
  _ body: (inout Check, VerificationSession) throws -> Void
) -> Check {
  let session = VerificationSession.current
  var check = Check(label, kind: kind, verdict: .inconclusive, sentence: "", place: place)
  let start = seconds()
  do {
    guard session.budget > 0 else {
      throw Obstacle("the budget of draws is \(session.budget): nothing can be tried")
    }
    try body(&check, session)
  } catch let obstacle as Obstacle {
    check.verdict = .inconclusive
    check.sentence = obstacle.sentence
  } catch {
    check.verdict = .inconclusive
    check.sentence = "an error was thrown: \(error)"
  }
  check.seconds = seconds() - start
  session.record(check)
  return check
}

private func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
