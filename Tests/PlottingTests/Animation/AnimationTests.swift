import Testing

@testable import Plotting

@Suite struct AnimationTests {
  private let animation = Animation(frames: 5, framesPerSecond: 10, hold: 2) { k in
    Figure("frame \(k)").line([0, 1], [0, Double(k)], "series").size(200, 150)
  }

  @Test func gifHasAllFramesAndOnePalette() throws {
    let gif = try GIF(animation.render(scale: 1))
    #expect(gif.width == 200 && gif.height == 150)
    #expect(gif.frames.count == 5)
    #expect(gif.frames.allSatisfy { !$0.hasPalette }, "all use the global palette")
    #expect(gif.frames[0].box == [0, 0, 200, 150], "the first is whole")
    #expect(
      gif.frames.dropFirst().allSatisfy { $0.box[2] * $0.box[3] < 200 * 150 }, "later ones hold changes")
    #expect(gif.frames.map(\.delay) == [10, 10, 10, 10, 200])
    #expect(gif.isEndless)
  }

  @Test func axesAreTheSameInAllFrames() throws {
    let panels = try Figure.resolved(animation.frames)
    #expect(Set(panels.map { $0[0].y }).count == 1)
    #expect(panels[0][0].y.high > 4)
  }

  @Test func standingFramesCostNothing() throws {
    let still = Animation(frames: 20) { _ in Figure("still").line([0, 1], [0, 1]).size(200, 150) }
    let one = Animation(frames: 1) { _ in Figure("still").line([0, 1], [0, 1]).size(200, 150) }
    #expect(try still.render(scale: 1).count < one.render(scale: 1).count + 20 * 40)
  }

  @Test func posterIsTheFigure() throws {
    let last = Figure("frame 4").line([0, 1], [0.0, 4], "series").size(200, 150)
    #expect(try animation.poster() == last.render())
  }

  @Test func wordsAndNumbers() {
    let text = animation.alternativeText
    #expect(text.hasPrefix("An animation of 5 frames, 0.5 seconds long. First frame: A figure \"frame 0\""))
    #expect(text.contains("Last frame: A figure \"frame 4\""))
    #expect(animation.data.csv.hasPrefix("frame,panel,mark,series,x,y\n1,1,line,series,0.0,0.0\n"))
    #expect(animation.data.csv.split(separator: "\n").count == 1 + 5 * 2)
  }
}

/// As much of a GIF as the tests ask about (CompuServe, GIF89a specification, 1990).
private struct GIF {
  struct Frame {
    var box: [Int]
    var delay: Int
    var hasPalette: Bool
  }

  var width = 0
  var height = 0
  var isEndless = false
  var frames: [Frame] = []

  init(_ bytes: [UInt8]) throws {
    func number(_ offset: Int) -> Int { Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 }
    try #require(bytes.starts(with: Array("GIF89a".utf8)))
    (width, height) = (number(6), number(8))
    var offset = 13 + (bytes[10] & 0x80 != 0 ? 3 << (Int(bytes[10] & 7) + 1) : 0)
    var delay = 0
    func skipBlocks() {
      while bytes[offset] != 0 { offset += Int(bytes[offset]) + 1 }
      offset += 1
    }
    while bytes[offset] != 0x3b {
      if bytes[offset] == 0x21 {
        if bytes[offset + 1] == 0xf9 { delay = number(offset + 4) }
        if bytes[offset + 1] == 0xff { isEndless = number(offset + 16) == 0 }
        offset += 2
        skipBlocks()
      } else {
        try #require(bytes[offset] == 0x2c)
        let flags = bytes[offset + 9]
        frames.append(
          Frame(
            box: [number(offset + 1), number(offset + 3), number(offset + 5), number(offset + 7)],
            delay: delay,
            hasPalette: flags & 0x80 != 0))
        offset += 10 + (flags & 0x80 != 0 ? 3 << (Int(flags & 7) + 1) : 0) + 1
        skipBlocks()
      }
    }
    try #require(offset == bytes.count - 1, "nothing follows the end")
  }
}
