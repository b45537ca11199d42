import Testing

@testable import Plotting

@Suite struct PaletteTests {
  @Test func fewColorsAreKeptExactly() throws {
    var counted = ColorTable()
    for color in 0..<256 { counted.add(UInt32(color * 65_000), 3) }
    let palette = Palette(counted)
    #expect(palette.worst == 0 && palette.banding == 0)
    #expect(Set(palette.colors).count == 256)
  }

  @Test func manyColorsAreNear() {
    // Two ramps of 1,000 mixtures each: with 256 colours a ramp of 255 steps is off by one at most.
    var counted = ColorTable()
    for step in 0..<1000 {
      counted.add(blend(0x0072b2, over: 0xffffff, UInt32(step * 256 / 1000)), 1 + step % 7)
      counted.add(blend(0xe69f00, over: 0x0072b2, UInt32(step * 256 / 1000)), 1 + step % 5)
    }
    let palette = Palette(counted)
    #expect(palette.colors.count <= 256)
    #expect(palette.worst <= 4)
  }

  @Test func backgroundStaysItself() {
    var counted = ColorTable()
    counted.add(0xffffff, 900_000)
    for color in 0..<5000 { counted.add(UInt32(color * 3001) & 0xffffff, 2) }
    #expect(Palette(counted).colors.contains(0xffffff))
  }

  @Test func tableCounts() {
    var table = ColorTable()
    for round in 0..<3 { for color in 0..<20_000 { table.add(UInt32(color * 7), round + 1) } }
    #expect(table.count == 20_000)
    #expect(table.value(7 * 19_999) == 6)
    #expect(table.value(5) == nil)
  }
}
