import Diffusion
import Testing

@Suite struct PhiloxTests {
  /// The known-answer vectors of the authors' Random123 library (kat_vectors, philox4x32 10).
  @Test(arguments: [
    (
      SIMD4<UInt32>(0, 0, 0, 0), SIMD2<UInt32>(0, 0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4(.max, .max, .max, .max), SIMD2(.max, .max),
      SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2(0xa409_3822, 0x299f_31d0),
      SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
    #expect(Philox.block(counter: counter, key: key) == expected)
  }

  @Test func streamReadsTheBlocksOfItsName() {
    var stream = RandomStream(seed: 0x299f_31d0_a409_3822, path: 0x0370_7344_1319_8a2e, step: 0x85a3_08d3)
    let first = Philox.block(
      counter: SIMD4(0, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
    #expect(stream.next() == UInt64(first[1]) << 32 | UInt64(first[0]))
    #expect(stream.next() == UInt64(first[3]) << 32 | UInt64(first[2]))
    let second = Philox.block(
      counter: SIMD4(1, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0))
    #expect(stream.next() == UInt64(second[1]) << 32 | UInt64(second[0]))
  }

  @Test func differentNamesAreDifferentStreams() {
    let base = RandomStream(seed: 1, path: 2, step: 3)
    let others = [
      RandomStream(seed: 2, path: 2, step: 3), base.step(4), base.path(3),
      RandomStream(seed: 1 << 32, path: 2),
    ]
    let words = ([base] + others).map { stream in
      var stream = stream
      return stream.next()
    }
    #expect(Set(words).count == words.count)
  }
}
