/// The counter-based generator Philox4x32-10: a block of four random words is a function of a counter and
/// a key, so any block can be had without those before it, on any thread.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2,
/// 3", SC 2011. Counter 0 under key 0 gives 6627e8d5 e169c58d bc57ac4c 9b00dbd8.
public enum Philox {
  /// The four words of `counter` under `key`.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var c = counter
    var k = key
    for _ in 0..<10 {
      let a = UInt64(c[0]) * 0xD251_1F53
      let b = UInt64(c[2]) * 0xCD9E_8D57
      c = SIMD4(
        UInt32(b >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: b),
        UInt32(a >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: a))
      k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return c
  }
}
