/// Figures shown one after the other: noise that flows into data, a density under the Fokker-Planck equation.
///
///     Animation(over: 0...1) { t in
///       Figure("$t = \(t)$").scatter(position(at: t))
///     }
///
/// Axes and colours are the same in all frames. The image is a GIF with one palette, in which a frame holds only what
/// has changed; the poster stands for it in print.
public struct Animation: Sendable {
  let frames: [Figure]
  let framesPerSecond: Double
  let hold: Double
  let posterFrame: Int
  var ownAlternativeText: String?

  /// One frame for each of 0, 1, ..., `frames` - 1. `hold` is how long the last one stays, in seconds; `poster` is the
  /// frame for print, the last one if not given.
  public init(
    frames count: Int, framesPerSecond: Double = 20, hold: Double = 1, poster: Int? = nil,
    _ frame: (Int) throws -> Figure
  ) rethrows {
    precondition(count > 0, "an animation needs a frame")
    precondition(framesPerSecond > 0 && framesPerSecond <= 50, "browsers show 50 frames a second at most")
    precondition(poster == nil || (0..<count).contains(poster!), "the poster is one of the frames")
    frames = try (0..<count).map(frame)
    (self.framesPerSecond, self.hold, posterFrame) = (framesPerSecond, hold, poster ?? count - 1)
  }

  /// Frames at even steps through a range, both ends included.
  public init(
    over range: ClosedRange<Double>, frames count: Int = 60, framesPerSecond: Double = 20, hold: Double = 1,
    poster: Int? = nil, _ frame: (Double) throws -> Figure
  ) rethrows {
    try self.init(frames: count, framesPerSecond: framesPerSecond, hold: hold, poster: poster) { index in
      let share = count > 1 ? Double(index) / Double(count - 1) : 0
      return try frame(range.lowerBound + (range.upperBound - range.lowerBound) * share)
    }
  }

  /// Words of your own in place of those made from the data.
  public func describe(_ text: String) -> Animation {
    var copy = self
    copy.ownAlternativeText = text
    return copy
  }

  /// How it begins and how it ends, for those who don't see it.
  public var alternativeText: String {
    if let ownAlternativeText { return ownAlternativeText }
    let seconds = spoken((Double(frames.count) / framesPerSecond * 10).rounded() / 10)
    let first = frames[0].alternativeText
    guard frames.count > 1 else { return "An animation of one frame. \(first)" }
    return "An animation of \(frames.count) frames, \(seconds) seconds long. First frame: \(first) "
      + "Last frame: \(frames[frames.count - 1].alternativeText)"
  }

  /// The numbers of all frames; the column `frame` counts them from 1.
  public var data: FigureData {
    var tables: [Table] = []
    for (index, frame) in frames.enumerated() {
      for var table in frame.data.tables {
        table.frame = index + 1
        tables.append(table)
      }
    }
    return FigureData(tables: tables)
  }
}
