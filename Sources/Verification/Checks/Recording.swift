import Glibc

/// What a check is called, and where.
struct Heading {
  let label: String
  /// Which of several checks of one equation it is; empty where there is one.
  let name: String
  let place: Check.Place

  init(_ label: String, named name: String = "", _ place: Check.Place) {
    self.label = label
    self.name = name
    self.place = place
  }
}

/// Runs a check from its call to its record: makes the check, turns obstacles into the verdict
/// 'inconclusive' with their reason, takes the time, and tells the session.
func conclude(
  _ heading: Heading, kind: String, _ body: (inout Check, VerificationSession) throws -> Void
) -> Check {
  let session = VerificationSession.current
  let start = seconds()
  var check = examine(heading, kind: kind) { check in
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
  _ heading: Heading, kind: String = "identity", _ body: (inout Check) throws -> Void
) -> Check {
  var check = Check(heading, kind: kind, verdict: .inconclusive, sentence: "")
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
