/// A model's prediction read as another: the data, noise, velocity or score of a path from a field that
/// predicts any of these.
public struct ConvertedField<S: Schedule, Model: BatchField>: BatchField {
  public let path: GaussianPath<S>
  public let model: Model

  /// What the model predicts.
  public let source: Prediction

  /// What the field is.
  public let target: Prediction

  /// `model` predicts `source` along `path`; the field is `target`.
  public init(_ model: Model, of path: GaussianPath<S>, from source: Prediction, to target: Prediction) {
    self.path = path
    self.model = model
    self.source = source
    self.target = target
  }

  public func floatEvaluator(count: Int, dimension: Int) -> BatchFunction<Float> {
    evaluator(count, dimension)
  }

  public func doubleEvaluator(count: Int, dimension: Int) -> BatchFunction<Double> {
    evaluator(count, dimension)
  }

  private func evaluator<T: MachineReal>(_ count: Int, _ dimension: Int) -> BatchFunction<T> {
    let model = T.evaluator(of: model, count: count, dimension: dimension)
    return BatchFunction { x, t, out in
      model(x, at: t, into: &out)
      if source == target { return }
      // A conversion is linear in (x, value); in double precision, for near the ends its factors cancel.
      let time = t.realPart
      out.scale(by: T(path.convert(1, from: source, to: target, at: 0, time)))
      out.add(T(path.convert(0, from: source, to: target, at: 1, time)), times: x)
    }
  }
}

extension ConvertedField: Field where Model: Field {
  @inlinable
  public func callAsFunction<P: Point>(_ x: P, at t: P.Scalar) -> P {
    path.convert(model(x, at: t), from: source, to: target, at: x, t)
  }
}

extension GaussianPath {
  /// The flow dX = u_t(X) dt of a model, as an equation that any solver can run: Runge-Kutta methods by its velocity,
  /// DDIM, DPM-Solver++ and EDM's method by its denoiser. What a conversion needs of t see `convert(_:from:to:at:_:)`.
  public func flow<Model: BatchField>(of model: Model, predicting prediction: Prediction) -> ODE<
    ConvertedField<S, Model>
  > {
    ODE(ConvertedField(model, of: self, from: prediction, to: .velocity))
  }

  /// The score nabla log p_t of a model, for beta_t > 0.
  public func score<Model: BatchField>(of model: Model, predicting prediction: Prediction) -> ConvertedField<
    S, Model
  > {
    ConvertedField(model, of: self, from: prediction, to: .score)
  }
}

/// A velocity that comes from a guess at the data under a schedule, u = alpha' D + beta' (x - alpha D) / beta.
///
/// Solvers made for diffusion models integrate its linear part exactly and need only D.
public protocol DenoisedVelocity: BatchField {
  associatedtype NoiseSchedule: Schedule
  associatedtype Denoiser: BatchField

  /// The schedule of the path.
  var schedule: NoiseSchedule { get }

  /// D_t(x), the guess at the data given x_t = x.
  var denoiser: Denoiser { get }
}

extension MarginalField: DenoisedVelocity {
  public var schedule: S { marginal.path.schedule }

  public var denoiser: MarginalField<S> {
    guard case .velocity = kind else {
      preconditionFailure("a sampler by the denoiser needs the flow of a path: give it `marginal.flow`")
    }
    return marginal.denoiserField
  }
}

extension ConvertedField: DenoisedVelocity {
  public var schedule: S { path.schedule }

  public var denoiser: ConvertedField<S, Model> {
    precondition(target == .velocity, "a sampler by the denoiser needs a flow, not a \(target) field")
    return ConvertedField(model, of: path, from: source, to: .data)
  }
}
