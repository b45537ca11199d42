/// What a check found.
public enum Verdict: String, Hashable, Sendable {
  /// The claim holds at every point tried, and a deviation of the stated size would have been seen.
  case verified
  /// The claim fails, by more than every known error.
  case refuted
  /// Nothing can be said: the reason tells what stood in the way.
  case inconclusive
}
