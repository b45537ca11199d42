/// The counter-based generator Philox4x32-10: a block of four random words is a function of a counter and
/// a key, so any block can be had without those before it, on any thread.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2,
/// 3", SC 2011. Counter 0 under key 0 gives 6627e8d5 e169c58d bc57ac4c 9b00dbd8.
public enum Philox {
  /// The four words of `counter` under `key`.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    // In registers of their own: each round needs every word at once.
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let a = UInt64(c0) * 0xD251_1F53
      let b = UInt64(c2) * 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ k0
      c2 = UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ k1
      c1 = UInt32(truncatingIfNeeded: b)
      c3 = UInt32(truncatingIfNeeded: a)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
