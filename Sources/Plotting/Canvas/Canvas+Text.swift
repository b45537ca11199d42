import CGD

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

  /// Draws type at a spot (CSS pixels), reading upwards if `upright` is false.
  func draw(
    _ text: Typeset, at spot: Spot, _ anchor: Anchor, color: UInt32, sideways: Bool = false, fonts: FontBook
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
    // The baseline is set on whole dots, so that all letters of a line rest on it alike.
    for piece in text.pieces {
      let (dx, dy) = (shift + piece.x, lift + piece.y)
      let place =
        sideways ? Spot(x: spot.x - dy, y: spot.y - dx) : Spot(x: spot.x + dx, y: spot.y - dy)
      draw(piece, at: place, color: color, sideways: sideways, fonts: fonts)
    }
    for bar in text.bars {
      let (dx, dy) = (shift + bar.x, lift + bar.y)
      let height = max(1, (bar.height * scale).rounded()) / scale
      let box =
        sideways
        ? Rectangle(
          left: spot.x - dy - height, top: spot.y - dx - bar.width, right: spot.x - dy, bottom: spot.y - dx)
        : Rectangle(
          left: spot.x + dx, top: spot.y - dy - height, right: spot.x + dx + bar.width, bottom: spot.y - dy)
      let dots = Dots(
        left: Int((box.left * scale).rounded()), top: Int((box.top * scale).rounded()),
        right: Int((box.right * scale).rounded()), bottom: Int((box.bottom * scale).rounded()))
      fill(dots, Ink(rgb: color))
    }
  }

  private func draw(_ piece: Typeset.Piece, at spot: Spot, color: UInt32, sideways: Bool, fonts: FontBook) {
    guard piece.glyph.scalar != " ", spot.isFinite else { return }
    let (x, y) = ((spot.x * scale).rounded(), (spot.y * scale).rounded())
    // gd's own limits; far outside there is nothing to see.
    guard abs(x) < 30_000, abs(y) < 30_000 else { return }
    // An ampersand would start an entity of gd's, but not when it stands alone.
    let failure = cgd_draw_text(
      image, nil, Int32(color), fonts.font(of: piece.glyph).path, piece.size * scale, sideways ? .pi / 2 : 0,
      Int32(x), Int32(y), String(Character(piece.glyph.scalar)))
    precondition(failure == nil, "gd could not set a glyph: \(String(cString: failure!))")
  }
}
