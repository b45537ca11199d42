/// t itself, where it lies in [0, 1]: the time of schedules and paths, outside of which there is nothing.
///
/// A time that was computed may be off by rounding: up to 2^-20, a few units in the last place of single precision, it is
/// put back onto the end that it has passed, with its derivatives. Any other time, and NaN, is refused.
@inlinable
func unitTime<T: RealNumber>(_ t: T) -> T {
  let place = t.realPart
  return place >= 0 && place <= 1 ? t : putBack(t)
}

/// The same for what belongs to a process that goes on after its noise end, t = 0: any t <= 1.
@inlinable
func timeUntilData<T: RealNumber>(_ t: T) -> T {
  t.realPart <= 1 ? t : putBack(t)
}

/// A time just outside of [0, 1] on its end. Not inlined, like all that is hardly ever done: cells compile faster.
@usableFromInline
func putBack<T: RealNumber>(_ t: T) -> T { t + T(wayBack(from: t.realPart)) }

private func wayBack(from t: Double) -> Double {
  precondition(
    t > -0x1p-20 && t < 1 + 0x1p-20,
    "schedules and paths run from noise at t = 0 to data at t = 1: they are not defined at t = \(t)")
  return t < 0 ? -t : 1 - t
}
