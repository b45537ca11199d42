import ArgumentParser
import Dispatch
import Synchronization
import Verification

/// `swift run -c release mutation --seeds 200`: how far the verdicts can be trusted.
@main
struct Mutation: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tries every true identity of the suite, and every wrong form of it, in worlds drawn by seeds.")

  @Option(help: "Number of worlds.")
  var seeds = 20

  @Option(help: "First seed.")
  var first = 0

  @Option(help: "Only claims whose name contains this.")
  var only: String?

  @Flag(help: "Try every wrong form of the statistical claims in each world, not one that rotates.")
  var full = false

  @Flag(help: "Tell every surprise.")
  var verbose = false

  mutating func validate() throws {
    guard seeds > 0 else { throw ValidationError("--seeds must be positive.") }
  }

  mutating func run() {
    let claims = allClaims(.reference)
    let drawn = claims.filter(\.isDrawn).count
    print(
      "\(claims.count) identities, \(drawn) of them statistical (\(claims.filter(\.isLaw).count) laws), "
        + "\(claims.reduce(0) { $0 + $1.operators.count }) wrong forms, \(seeds) worlds")
    let total = Mutex(Tally())
    let (first, only, full) = (first, only, full)
    DispatchQueue.concurrentPerform(iterations: seeds) { i in
      let suite = Suite(seed: UInt64(first + i), breadth: full ? .full : .standard)
      let tally = suite.run { claim in only.map { claim.name.contains($0) } ?? true }
      total.withLock { $0 = $0 + tally }
    }
    let tally = total.withLock { $0 }
    print(tally.report)
    if verbose { for note in tally.notes { print(note) } }
  }
}
