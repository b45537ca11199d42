import CGD

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Canvas {
  /// Where a label's own box is held to a spot.
  struct Anchor {
    /// 0 holds the left end, 1 the right end.
    var x: Double
    var y: Vertical

    enum Vertical {
      case baseline, top, middle, bottom
      /// Halfway up a digit: for tick labels beside their ticks.
      case figures
    }

    init(_ x: Double, _ y: Vertical) {
      self.x = x
      self.y = y
    }
  }

  /// Draws type at a spot (CSS pixels), turned about it by `angle` radians counter-clockwise.
  func draw(
    _ text: Typeset, at spot: Spot, _ anchor: Anchor, color: UInt32, angle: Double = 0, fonts: FontBook
  ) {
    let lift: Double =
      switch anchor.y {
      case .baseline: 0
      case .top: -text.ascent
      case .bottom: text.descent
      case .middle: (text.descent - text.ascent) / 2
      case .figures: -(text.pieces.first?.size ?? 0) * 0.32
      }
    let shift = -anchor.x * text.width
    let (c, s) = (cos(angle), sin(angle))
    func turned(_ x: Double, _ y: Double) -> Spot {
      Spot(x: spot.x + (shift + x) * c - (lift + y) * s, y: spot.y - (shift + x) * s - (lift + y) * c)
    }
    for piece in text.pieces {
      draw(piece, at: turned(piece.x, piece.y), color: color, angle: angle, fonts: fonts)
    }
    for bar in text.bars {
      // A bar is set on whole dots where it is level or upright, so that it is crisp.
      let height = max(1, (bar.height * scale).rounded()) / scale
      var corners = [
        turned(bar.x, bar.y), turned(bar.x + bar.width, bar.y), turned(bar.x + bar.width, bar.y + height),
        turned(bar.x, bar.y + height),
      ]
      if abs(c * s) < 1e-9 {
        corners = corners.map {
          Spot(x: ($0.x * scale).rounded() / scale, y: ($0.y * scale).rounded() / scale)
        }
      }
      fill(corners, Ink(rgb: color))
    }
  }

  private func draw(_ piece: Typeset.Piece, at spot: Spot, color: UInt32, angle: Double, fonts: FontBook) {
    guard piece.glyph.scalar != " ", spot.isFinite else { return }
    let (x, y) = ((spot.x * scale).rounded(), (spot.y * scale).rounded())
    // gd's coordinates are small integers, and far outside there is nothing to see.
    guard abs(x) < 30_000, abs(y) < 30_000 else { return }
    let failure = cgd_draw_text(
      image, nil, Int32(color), fonts.font(of: piece.glyph).path, piece.size * scale, angle, Int32(x),
      Int32(y),
      String(Character(piece.glyph.scalar)))
    precondition(failure == nil, "gd could not set a glyph: \(String(cString: failure!))")
  }
}
