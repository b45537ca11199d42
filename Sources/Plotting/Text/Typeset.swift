/// Type that is set: glyphs and rules with their places. The origin is the left end of the baseline; x to the right,
/// y **upwards**, in CSS pixels.
struct Typeset: Equatable, Sendable {
  struct Piece: Equatable, Sendable {
    var glyph: Glyph
    /// The em, in CSS pixels.
    var size: Double
    var x: Double
    var y: Double
  }

  /// A filled box: fraction bars, overlines, roots.
  struct Bar: Equatable, Sendable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  var pieces: [Piece] = []
  var bars: [Bar] = []
  var width = 0.0
  var ascent = 0.0
  var descent = 0.0
  var height: Double { ascent + descent }
  var isEmpty: Bool { pieces.isEmpty && bars.isEmpty }

  /// Adds another box with its origin at (x, y); the width is left alone.
  mutating func add(_ other: Typeset, x: Double, y: Double) {
    for var piece in other.pieces {
      piece.x += x
      piece.y += y
      pieces.append(piece)
    }
    for var bar in other.bars {
      bar.x += x
      bar.y += y
      bars.append(bar)
    }
    ascent = max(ascent, other.ascent + y)
    descent = max(descent, other.descent - y)
  }

  /// Adds another box at the right end.
  mutating func append(_ other: Typeset) {
    add(other, x: width, y: 0)
    width += other.width
  }
}
