public import Diffusion

extension GaussianPath {
  /// What a diagnosis may name in a formula of this path: alpha_t and beta_t.
  ///
  ///     verify("eq-tweedie", over: domain, quantities: path.quantities) { ... } equals: { ... }
  public var quantities: KeyValuePairs<String, (Double) -> Double> {
    ["alpha": { alpha($0) }, "beta": { beta($0) }]
  }
}
