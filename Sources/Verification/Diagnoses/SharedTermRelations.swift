import Glibc

/// Relations of sums: both sides share one simple term m = c q^a r^b x^k, and what remains is related by a
/// sign, a constant or a quantity. This is how (x + beta score) / alpha looks beside
/// (x + beta^2 score) / alpha.
extension Samples {
  private struct Term {
    let powers: [(name: String, exponent: Double)]
    let value: (Sample) -> Double
  }

  func sharedTerms(_ quantities: [Quantity], coordinates: [Quantity]) -> [Relation] {
    guard varies else { return [] }
    // There are thousands of candidates: a few samples sort out nearly all of them.
    let few = thinned(to: 16)
    for term in terms(quantities, coordinates) {
      for constant in [1.0, -1, 2, 0.5] {
        let shared = { (s: Sample) in constant * term.value(s) }
        guard !few.relations(apartFrom: shared, quantities).isEmpty else { continue }
        let found = relations(apartFrom: shared, quantities)
        let name = monomial(number(constant), term.powers)
        if !found.isEmpty { return found.map { .sharedTerm(name, $0) } }
      }
    }
    return []
  }

  /// How the sides are related once a shared term is taken from both.
  private func relations(
    apartFrom shared: (Sample) -> Double, _ quantities: [Quantity]
  ) -> [Relation] {
    var rest: [Sample] = []
    rest.reserveCapacity(all.count)
    for sample in all {
      let term = shared(sample)
      guard term.isFinite else { return [] }
      rest.append(
        Sample(
          point: sample.point, component: sample.component, left: sample.left - term,
          right: sample.right - term, error: sample.error + 4 * term.ulp))
    }
    // Where nothing is left of a side the relation would hold for any reason.
    guard rest.contains(where: { $0.right.magnitude > 1e3 * $0.error }) else { return [] }
    let samples = Samples(all: rest, coordinates: coordinates, areIndependent: areIndependent)
    return samples.sign() + samples.recognisedFactor() + samples.quantityFactors(quantities)
  }

  /// left = right + c m for a monomial m of quantities and coordinates.
  func missingMonomials(_ quantities: [Quantity], coordinates: [Quantity]) -> [Relation] {
    let differences = replacingLeft { $0.left - $0.right }
    return terms(quantities, coordinates).compactMap { term in
      guard term.powers.count > 1 else { return nil }
      return differences.constant(of: term.value).map { .missingTerm(monomial($0, term.powers)) }
    }
  }

  /// left = c right for a recognised constant only.
  private func recognisedFactor() -> [Relation] {
    factor().filter { relation in
      if case .factor(let name) = relation { return NamedConstant.all.contains { $0.name == name } }
      return false
    }
  }

  /// Products of up to two quantities with a power of one coordinate.
  private func terms(_ quantities: [Quantity], _ coordinates: [Quantity]) -> [Term] {
    let exponents: [Double] = [0, 1, -1, 2, -2]
    var products = [Term(powers: [], value: { _ in 1 })]
    for (i, q) in quantities.enumerated() {
      for a in exponents where a != 0 {
        products.append(Term(powers: [(q.name, a)], value: { pow(q.value($0), a) }))
        for r in quantities[(i + 1)...] {
          for b in exponents where b != 0 {
            let value = { (s: Sample) in pow(q.value(s), a) * pow(r.value(s), b) }
            products.append(Term(powers: [(q.name, a), (r.name, b)], value: value))
          }
        }
      }
    }
    let withCoordinate = coordinates.flatMap { x in
      products.flatMap { product in
        [1.0, 2].map { k in
          Term(powers: [(x.name, k)] + product.powers) { pow(x.value($0), k) * product.value($0) }
        }
      }
    }
    return withCoordinate + products
  }
}
