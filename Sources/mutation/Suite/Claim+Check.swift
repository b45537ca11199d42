import Verification

extension Claim {
  /// Checks the left side against a right side made from the true one.
  func check(in world: World, right: @escaping ([Double]) -> Grid) -> Check {
    switch left {
    case .numbers(let left): compare(world, left, right)
    case .mean(let left): compare(world, left, right)
    case .law: preconditionFailure("\(name) compares laws")
    }
  }

  /// Checks a law against the right law under a change of time and a map.
  func checkLaw(
    in world: World, time: @escaping (Double) -> Double = { $0 }, _ map: LawMap = LawMap()
  ) -> Check {
    guard case .law(let left, let right) = left else { preconditionFailure("\(name) compares numbers") }
    return compare(world, left, { right([time($0[0])], map) })
  }

  var isLaw: Bool {
    if case .law = left { return true }
    return false
  }

  var isDrawn: Bool {
    if case .numbers = left { return false }
    return true
  }

  func isTrue(in world: World) -> Check {
    isLaw ? checkLaw(in: world) : check(in: world, right: right)
  }

  func mutated(_ o: Operator, in world: World) -> Check {
    guard isLaw else { return check(in: world, right: o.apply(to: self, in: world)) }
    return checkLaw(in: world, time: o == .reflectTime ? { 1 - $0 } : { $0 }, o.map)
  }

  /// The right side with a relative error in a part of the domain, the one of which the resolution is told; a
  /// law stretched by that much, as its resolution is in spreads.
  func deviating(by e: Double, in part: Check.Part?, _ world: World) -> Check {
    guard !isLaw else { return checkLaw(in: world, LawMap(stretch: 1 + e)) }
    let axis = part.flatMap { part in axes.firstIndex { $0.name == part.coordinate } }
    return check(in: world) { p in
      let isInside = axis.map { part?.range.contains(p[$0]) ?? true } ?? true
      return right(p).map { (isInside ? 1 + e : 1) * $0 }
    }
  }

  private func compare<Left: Side, Right: Side>(
    _ world: World, _ left: @escaping ([Double]) -> Left, _ right: @escaping ([Double]) -> Right
  ) -> Check {
    let quantities: KeyValuePairs<String, (Double) -> Double> =
      hasSchedule ? ["alpha": { world.alpha($0) }, "beta": { world.beta($0) }] : [:]
    let (first, range) = axes[0]
    guard axes.count > 1 else {
      return verify(name, over: Domain(first, range), constant: isConstant, quantities: quantities) {
        left([$0])
      } equals: {
        right([$0])
      }
    }
    let domain = Domain(first, range, axes[1].name, axes[1].range)
    return verify(name, over: domain, constant: isConstant, quantities: quantities) {
      left([$0, $1])
    } equals: {
      right([$0, $1])
    }
  }
}
