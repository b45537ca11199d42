/// How two sides that should agree are related instead.
indirect enum Relation: Hashable {
  /// left = -right
  case sign
  /// left = c right
  case factor(String)
  /// left = right + c
  case offset(String)
  /// left = right^p, up to sign
  case power(Double)
  /// left = c q^a r^b right
  case quantityFactor(String)
  /// left = right + c q
  case missingTerm(String)
  /// left = m + l, right = m + r with a shared term m, and l, r related
  case sharedTerm(String, Relation)
  /// left = transpose of right
  case transposed
  /// left = right with its arguments changed
  case arguments(String)
  /// left / right depends on these coordinates only
  case ratioDepends(on: [String])
  /// left - right depends on these coordinates only
  case differenceDepends(on: [String])
  /// left = (1 + e) right, e tiny
  case nearlyEqual(digits: Int)
  /// |left - right| is everywhere below the deviation that had to be visible
  case fine(digits: Int, asked: Double)

  var sentence: String {
    switch self {
    case .sign: "the left side is minus the right side: a sign"
    case .factor(let c): "the left side is \(c) times the right side: a constant factor"
    case .offset(let c): "the left side is the right side plus \(c): an additive constant"
    case .power(2): "the left side is the square of the right side: a square root is missing or too many"
    case .power(0.5): "the left side is the square root of the right side: a square is missing or too many"
    case .power(-1): "the left side is one over the right side: an inverse"
    case .power(let p): "the left side is the right side to the power \(number(p))"
    case .quantityFactor(let q): "the left side is \(q) times the right side"
    case .missingTerm(let q): "the left side is the right side plus \(q): a term is missing or too many"
    case .sharedTerm(let term, let relation):
      "apart from the term \(term), which both sides share, \(relation.sentence)"
    case .transposed: "the left side is the transpose of the right side"
    case .arguments(let change): "the left side is the right side with \(change)"
    case .ratioDepends(let names):
      "the ratio of the sides depends on \(listed(names)) alone: a factor in \(listed(names)) is missing, such as a "
        + "normaliser"
    case .differenceDepends(let names):
      "the difference of the sides depends on \(listed(names)) alone: a term in \(listed(names)) is missing"
    case .fine(let digits, let asked):
      "the sides agree to \(digits) digits, finer than the \(number(asked, digits: 1)) asked for: a range of integration "
        + "that cuts off a tail, a tolerance, or a rounded constant, rather than the equation (accuracy: states the "
        + "error of such a side)"
    case .nearlyEqual(let digits):
      "the sides agree to \(digits) digits: a rounded constant, or a method whose error is not stated (a side may "
        + "return an Estimate with its error, and accuracy: states it for plain numbers)"
    }
  }
}
