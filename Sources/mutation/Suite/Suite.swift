import Verification

/// One pass over all claims in the world of one seed.
struct Suite {
  let seed: UInt64
  /// How much is tried in each world; what is left out has its turn with another seed.
  var breadth = Breadth.standard

  enum Breadth {
    /// Every second claim, with one of its wrong forms.
    case rotating
    /// All wrong forms of claims about numbers, one of a statistical claim.
    case standard
    /// All wrong forms.
    case full
  }

  /// Thresholds for a suite: statistical claims are resolved to 10% at fewer points, so that hundreds of
  /// worlds can be tried; what decides between right and wrong is as in the standard thresholds.
  static var thresholds: Thresholds {
    var thresholds = Thresholds.standard
    thresholds.statistical = 1e-1
    thresholds.statisticalPoints = 16
    thresholds.points = 128
    thresholds.estimatedPoints = 48
    thresholds.lawPoints = 2
    return thresholds
  }

  func run(_ select: (Claim) -> Bool = { _ in true }) -> Tally {
    let world = World(seed: seed)
    let session = VerificationSession(seed: seed, thresholds: Suite.thresholds)
    return VerificationSession.$current.withValue(session) {
      allClaims(world).enumerated().filter { select($0.element) && isTried($0.offset) }
        .reduce(Tally()) { tally, item in tally + examine(item.element, index: item.offset, world) }
    }
  }

  private func isTried(_ index: Int) -> Bool { breadth != .rotating || (index + Int(seed)) % 2 == 0 }

  private func triesAll(_ claim: Claim) -> Bool {
    switch breadth {
    case .rotating: false
    case .standard: !claim.isDrawn
    case .full: true
    }
  }

  private func examine(_ claim: Claim, index: Int, _ world: World) -> Tally {
    var tally = Tally()
    let truth = claim.isTrue(in: world)
    tally.identities = 1
    switch truth.verdict {
    case .verified: tally.verified = 1
    case .inconclusive:
      tally.inconclusive = 1
      tally.notes.append("seed \(seed): not verified: \(truth)")
    case .refuted:
      tally.falseAlarms = 1
      tally.notes.append("seed \(seed): FALSE ALARM: \(truth)")
    }
    let turn = index + Int(seed)
    let forms = claim.operators
    for o in triesAll(claim) ? forms : [forms[turn % forms.count]] {
      mutate(claim, o, world, &tally)
    }
    if !claim.isDrawn, turn % 4 == 0 { perturb(claim, world, &tally) }
    if truth.verdict == .verified, triesAll(claim) || turn % 3 == 0 {
      deviate(claim, truth, world, &tally)
    }
    return tally
  }

  private func mutate(_ claim: Claim, _ o: Operator, _ world: World, _ tally: inout Tally) {
    let check = claim.mutated(o, in: world)
    tally.wrongForms += 1
    guard check.verdict == .refuted else {
      if check.verdict == .verified { tally.passed += 1 }
      tally.notes.append("seed \(seed): NOT REFUTED: \(o.rawValue) of \(check)")
      return
    }
    tally.refuted += 1
    guard let isRight = o.accepts(check.diagnosis, of: claim) else { return }
    tally.diagnosable += 1
    let isSilent =
      check.diagnosis.isEmpty || check.diagnosis.contains("no simple relation")
      || check.diagnosis.hasPrefix("the draws have")
    if isRight {
      tally.rightDiagnoses += 1
    } else if !isSilent {
      tally.wrongDiagnoses += 1
      tally.notes.append("seed \(seed): misdiagnosed: \(o.rawValue) of \(claim.name): \(check.diagnosis)")
    } else {
      tally.notes.append("seed \(seed): undiagnosed: \(o.rawValue) of \(claim.name): \(check.diagnosis)")
    }
  }

  private func perturb(_ claim: Claim, _ world: World, _ tally: inout Tally) {
    let check = claim.mutated(.unstructured, in: world)
    guard check.verdict == .refuted else { return }
    tally.unstructured += 1
    if !check.diagnosis.contains("no simple relation"), !check.diagnosis.contains("the ratio of the sides is")
    {
      tally.inventedDiagnoses += 1
      tally.notes.append("seed \(seed): invented: \(claim.name): \(check.diagnosis)")
    }
  }

  private func deviate(_ claim: Claim, _ truth: Check, _ world: World, _ tally: inout Tally) {
    let resolution = truth.resolution
    let triple = claim.deviating(by: 3 * resolution, in: truth.resolutionPart, world)
    let third = claim.deviating(by: resolution / 3, in: truth.resolutionPart, world)
    tally.triples += 1
    tally.thirds += 1
    if triple.verdict == .refuted {
      tally.triplesRefuted += 1
    } else {
      tally.notes.append("seed \(seed): three times \(resolution) not refuted: \(triple)")
    }
    if third.verdict == .refuted {
      tally.thirdsRefuted += 1
      tally.notes.append("seed \(seed): a third of \(resolution) refuted: \(third)")
    }
  }
}
