public import Diffusion

/// What a side of an equation may be: a number, an `Estimate`, a vector, a matrix as an array of rows,
/// a `Mean` to be taken over draws, or a `LawSide`.
///
/// One protocol with one generic `verify` keeps cells quick to compile: overloads by the type of a
/// side made the type-checker try every combination.
public protocol Side {
  /// The side in the common form that a check works on.
  var content: SideContent { get }
}

/// The common form of a side.
public struct SideContent {
  enum Form {
    case values([Estimate])
    case mean(Mean)
    case law(LawSide)
  }

  let form: Form
  /// Empty for a scalar, `[n]` for a vector, `[rows, columns]` for a matrix; nil where the rows differ
  /// in length.
  let shape: [Int]?

  /// A side of numbers that are known up to the given errors.
  public init(values: [Estimate], shape: [Int]) {
    form = .values(values)
    self.shape = shape.reduce(1, *) == values.count ? shape : nil
  }

  init(_ mean: Mean, dimension: Int?) {
    form = .mean(mean)
    shape = dimension.map { [$0] } ?? []
  }

  init(_ law: LawSide) {
    form = .law(law)
    shape = [law.dimension]
  }

  init(rows: [SideContent]) {
    var values: [Estimate] = []
    for row in rows {
      if case .values(let entries) = row.form { values += entries }
    }
    form = .values(values)
    let inner = rows.first?.shape ?? []
    shape = rows.allSatisfy { $0.shape == inner } ? [rows.count] + inner : nil
  }
}

extension Estimate: Side {
  public var content: SideContent { SideContent(values: [self], shape: []) }
}

extension Double: Side {
  public var content: SideContent { SideContent(values: [Estimate(self)], shape: []) }
}

extension Float: Side {
  /// Carries the error of single precision: half a unit in the last place.
  public var content: SideContent {
    SideContent(values: [Estimate(Double(self), truncation: Double(ulp) / 2)], shape: [])
  }
}

extension Int: Side {
  public var content: SideContent { SideContent(values: [Estimate(Double(self))], shape: []) }
}

extension Array: Side where Element: Side {
  public var content: SideContent { SideContent(rows: map(\.content)) }
}

extension Vector: Side where Scalar == Double {
  public var content: SideContent {
    SideContent(values: (0..<count).map { Estimate(self[$0]) }, shape: [count])
  }
}

extension Matrix: Side where Scalar == Double {
  public var content: SideContent {
    SideContent(
      values: (0..<(rows * columns)).map { Estimate(self[$0 / columns, $0 % columns]) },
      shape: [rows, columns])
  }
}

extension SIMD2: Side where Scalar == Double {
  public var content: SideContent { SideContent(values: indices.map { Estimate(self[$0]) }, shape: [2]) }
}

extension SIMD3: Side where Scalar == Double {
  public var content: SideContent { SideContent(values: indices.map { Estimate(self[$0]) }, shape: [3]) }
}
