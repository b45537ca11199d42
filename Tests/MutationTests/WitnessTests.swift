import Testing
import Verification

@testable import mutation

/// Every wrong form is wrong: at a point that the program in `oracle` found, with values that it computed
/// apart from this code by mpmath (`python3 Tests/MutationTests/oracle` writes the tables anew).
@Suite struct WitnessTests {
  struct Witness {
    let name: String
    let form: Operator
    let point: [Double]
    /// Entry of a matrix; for a law, which of its moments.
    let entry: Int
    let left: Double
    let wrong: Double
  }

  static let tables = [
    posteriorWitnesses, evolutionWitnesses, gaussianWitnesses, schedulesWitnesses, processesWitnesses,
    conditionalWitnesses, meansWitnesses, lawsWitnesses,
  ]

  static let witnesses: [Witness] = tables.joined(separator: "\n").split(separator: "\n").compactMap { row in
    let fields = row.split(separator: ",").map { String($0.drop { $0 == " " }) }
    guard fields.count == 7, let form = Operator(rawValue: fields[1]), let entry = Int(fields[4]) else {
      return nil
    }
    let numbers = [fields[2], fields[3], fields[5], fields[6]].compactMap(Double.init)
    guard numbers.count == 4 else { return nil }
    return Witness(
      name: fields[0], form: form, point: [numbers[0], numbers[1]], entry: entry, left: numbers[2],
      wrong: numbers[3])
  }

  @Test func everyWrongFormHasAWitness() {
    let claims = allClaims(.reference)
    #expect(claims.count >= 150)
    #expect(claims.filter(\.isDrawn).count >= 60)
    #expect(claims.filter(\.isLaw).count >= 10)
    #expect(Set(claims.map(\.name)).count == claims.count)
    #expect(claims.allSatisfy { Set($0.operators).count >= 3 })
    let claimed = Set(claims.flatMap { claim in claim.operators.map { "\(claim.name) \($0)" } })
    let witnessed = Set(Self.witnesses.map { "\($0.name) \($0.form)" })
    #expect(claimed == witnessed, "\(claimed.symmetricDifference(witnessed))")
  }

  /// The values here agree with those computed apart, to 1e-7: that is what a central difference in the
  /// witnesses and the trapezoidal rule leave.
  @Test func valuesAreThoseOfTheWitnesses() {
    let world = World.reference
    let claims = Dictionary(uniqueKeysWithValues: allClaims(world).map { ($0.name, $0) })
    for witness in Self.witnesses {
      guard let claim = claims[witness.name], !claim.isLaw else { continue }
      let point = Array(witness.point.prefix(claim.axes.count))
      let scale = max(abs(witness.left), abs(witness.wrong))
      let wrong = witness.form.apply(to: claim, in: world)(point).values[witness.entry].value
      #expect(abs(wrong - witness.wrong) < 1e-7 * scale, "\(witness.name) \(witness.form): \(wrong)")
      if case .numbers(let left) = claim.left {
        let value = left(point).values[witness.entry].value
        #expect(abs(value - witness.left) < 1e-7 * scale, "\(witness.name): \(value)")
      }
      #expect(abs(witness.left - witness.wrong) > 1e-3 * scale, "\(witness.name) \(witness.form)")
    }
  }
}
