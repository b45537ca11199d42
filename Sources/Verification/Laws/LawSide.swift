public import Diffusion

/// A side that is the law of a random variable: of a sampler, or of a density or characteristic function
/// in closed form.
///
///     verify("eq-marginal", over: Domain(t: 0.1...0.9)) { t in
///       law { draws in marginal.sample(at: t, using: &draws) }
///     } equals: { t in
///       law(density: { x in marginal.density(x, at: t) }, over: -12...12)
///     }
///
/// At least one side must be a sampler. Its draws must be independent of each other: the points of one
/// trajectory are not.
public struct LawSide: Side {
  enum Form {
    case sampler((inout Draws) throws -> Vector<Double>)
    /// Many rows at once, coordinate after coordinate.
    case batch((RandomStream, Int) throws -> [Double])
    case density((Double) throws -> Double, over: ClosedRange<Double>, peaks: [Double])
    /// A density that is integrated by importance sampling.
    case spatialDensity((Vector<Double>) throws -> Double)
    case characteristicFunction((Vector<Double>) throws -> (cosine: Double, sine: Double))
  }

  let form: Form
  let dimension: Int

  public var content: SideContent { SideContent(self) }

  var isSampler: Bool {
    switch form {
    case .sampler, .batch: true
    case .density, .spatialDensity, .characteristicFunction: false
    }
  }

  var isBatch: Bool {
    if case .batch = form { return true }
    return false
  }
}

/// The law of a random number.
public func law(_ sampler: @escaping (inout Draws) throws -> Double) -> LawSide {
  LawSide(form: .sampler { draws in [try sampler(&draws)] }, dimension: 1)
}

/// The law of a random vector.
public func law(dimension: Int, _ sampler: @escaping (inout Draws) throws -> Vector<Double>) -> LawSide {
  LawSide(form: .sampler(sampler), dimension: dimension)
}

/// The law of a random vector of which many are drawn at once, as by a simulation of many particles.
///
///     law(dimension: 2, batch: { stream, count in
///       let noise = Batch<Double>.normals(count: count, dimension: 2, from: stream)
///       return simulate(marginal.flow, from: noise, by: .rungeKutta4, times: grid).final
///     })
///
/// The recipe is called with a stream of its own for each batch, all of whose paths and steps it may use, and
/// returns as many independent rows as it is asked for: the points of one trajectory are refused.
public func law<T: MachineReal>(
  dimension: Int = 1, batch: @escaping (RandomStream, Int) throws -> Batch<T>
) -> LawSide {
  let recipe: (RandomStream, Int) throws -> [Double] = { stream, count in
    let rows = try batch(stream, count)
    guard rows.dimension == dimension else {
      throw Obstacle("a sampler announces \(dimension) dimensions but draws \(rows.dimension)")
    }
    return rows.elements.map(\.realPart)
  }
  return LawSide(form: .batch(recipe), dimension: dimension)
}

/// The law with a density on an interval, which must hold its whole mass.
public func law(
  density: @escaping (Double) throws -> Double, over range: ClosedRange<Double>, peaks: [Double] = []
) -> LawSide {
  LawSide(form: .density(density, over: range, peaks: peaks), dimension: 1)
}

/// The law with a density in several dimensions. It is compared by importance sampling from a broad
/// distribution around the other side's draws, which tests its normaliser along.
public func law(dimension: Int, density: @escaping (Vector<Double>) throws -> Double) -> LawSide {
  LawSide(form: .spatialDensity(density), dimension: dimension)
}

/// The law with characteristic function E[exp(i w . x)], given by its real and imaginary part.
public func law(
  dimension: Int, characteristicFunction: @escaping (Vector<Double>) throws -> (cosine: Double, sine: Double)
) -> LawSide {
  LawSide(form: .characteristicFunction(characteristicFunction), dimension: dimension)
}

/// The law of the library's own distributions and processes, by their draws.
///
///     law(of: GaussianMixture(...))
public func law(of source: some Law) -> LawSide {
  LawSide(form: .sampler { draws in source.sample(using: &draws) }, dimension: source.dimension)
}

/// The law of the library's own densities, by the density alone.
public func law(densityOf source: some Density) -> LawSide {
  LawSide(form: .spatialDensity { x in source.density(x) }, dimension: source.dimension)
}
