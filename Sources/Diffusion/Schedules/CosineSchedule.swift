public import RealModule

/// alpha_t = sin(w t) / sin(w) with w = pi / (2 (1 + offset)), beta_t = sqrt(1 - alpha_t^2).
///
/// With offset 0 this is the trigonometric path (sin, cos)(pi t / 2) on the unit circle. With a positive
/// offset it is the cosine schedule of A. Nichol, P. Dhariwal, "Improved denoising diffusion probabilistic
/// models", ICML 2021, in continuous time: alpha^2 = f(1 - t) / f(0), f(s) = cos^2(pi/2 (s + offset) /
/// (1 + offset)), their equation 17; their offset is 0.008. There beta behaves like sqrt(1 - t) at t = 1, so beta' is
/// infinite, but beta beta' is not.
///
/// Variance preserving, and exact at both ends: alpha_0 = 0 and beta_0 = 1, alpha_1 = 1 and beta_1 = 0. A chain along it
/// would end with a noise rate of 1: Nichol and Dhariwal cap rates at 0.999, as `DDPMChain.sampled(from:at:)` does.
public struct CosineSchedule: Schedule {
  /// The share of the quarter circle that is left out at the data; 0 for the trigonometric path.
  public let offset: Double

  /// w, and sin(w).
  @usableFromInline let frequency: Double
  @usableFromInline let amplitude: Double

  /// `offset` >= 0.
  public init(offset: Double) {
    precondition(offset >= 0 && offset.isFinite, "the offset of a cosine schedule cannot be \(offset)")
    self.offset = offset
    frequency = Double.pi / (2 * (1 + offset))
    amplitude = offset == 0 ? 1 : Double.sin(frequency)
  }

  @inlinable public func alpha<T: RealNumber>(_ t: T) -> T {
    T.sin(T(frequency) * unitTime(t)) / T(amplitude)
  }

  @inlinable public func beta<T: RealNumber>(_ t: T) -> T {
    offset == 0 ? T.sin(T(frequency) * (1 - unitTime(t))) : variance(t).squareRoot()
  }

  /// sin^2 w - sin^2 wt = sin(w (1 + t)) sin(w (1 - t)): no cancellation near t = 1.
  @inlinable public func variance<T: RealNumber>(_ t: T) -> T {
    if offset == 0 {
      let b = beta(t)
      return b * b
    }
    let t = unitTime(t)
    return T.sin(T(frequency) * (1 + t)) * T.sin(T(frequency) * (1 - t)) / T(amplitude * amplitude)
  }
}

extension Schedule where Self == CosineSchedule {
  /// The quarter circle: alpha_t = sin(pi t / 2), beta_t = cos(pi t / 2).
  public static var trigonometric: CosineSchedule { CosineSchedule(offset: 0) }

  /// Nichol and Dhariwal's cosine schedule, alpha_t = sin(w t) / sin(w) with w = pi / (2 (1 + offset)).
  public static func cosine(offset: Double = 0.008) -> CosineSchedule { CosineSchedule(offset: offset) }
}
