import CGD

extension Animation {
  /// The animation as a GIF, endlessly repeated, `scale` dots to a CSS pixel: fewer than a still figure has, as the
  /// file grows with its square.
  ///
  /// - Throws: what `Figure.render` throws, of any frame.
  public func render(theme: Theme = .light, scale: Double = 1.5) throws(PlottingError) -> [UInt8] {
    let drawings = try drawings()
    let film = try Film(drawings, theme: theme, scale: scale)
    return try film.gif(delay: Int((100 / framesPerSecond).rounded()), hold: Int((hold * 100).rounded()))
  }

  /// A still picture that stands for the animation in print, as a PNG.
  public func poster(theme: Theme = .light, scale: Double = 2) throws(PlottingError) -> [UInt8] {
    try drawings()[posterFrame].canvas(theme: theme, scale: scale).png()
  }

  /// The width and height on the page in CSS pixels.
  public var size: (width: Int, height: Int) {
    guard let panels = try? Figure.resolved(frames), let first = try? Drawing(frames[0], panels: panels[0])
    else {
      return (0, 0)
    }
    return first.layout.size
  }

  private func drawings() throws(PlottingError) -> [Drawing] {
    let panels = try Figure.resolved(frames)
    var drawings: [Drawing] = []
    for (frame, panels) in zip(frames, panels) { drawings.append(try Drawing(frame, panels: panels)) }
    return drawings
  }
}

/// The frames of an animation on their way into a GIF.
private struct Film {
  let drawings: [Drawing]
  let theme: Theme
  let canvas: Canvas
  let legends: [Rectangle?]
  var palette: Palette

  /// Draws a few frames to learn where the legend hides least in the last one, and which colours there are.
  init(_ drawings: [Drawing], theme: Theme, scale: Double) throws(PlottingError) {
    (self.drawings, self.theme) = (drawings, theme)
    let layout = drawings[0].layout
    canvas = try Canvas(
      width: layout.width, height: layout.height, scale: scale, background: theme.background)
    let last = drawings.count - 1
    var crowded: [Int] = []
    legends = try drawings[last].draw(on: canvas, theme: theme, crowded: &crowded)
    var colors = ColorTable()
    colors.count(canvas)
    for index in Set([0, last / 4, last / 2, 3 * last / 4]).sorted() {
      canvas.clear()
      try drawings[index].draw(on: canvas, theme: theme, legends: legends, crowded: &crowded)
      colors.count(canvas)
    }
    // Fewer colours make a smaller file, where that is not seen. One place stands for what stays as it is.
    let small = Palette(colors, limit: 40)
    palette = small.isFaithful ? small : Palette(colors, limit: 255)
  }

  /// Draws frame after frame; each holds the smallest box of what has changed, in which the rest is transparent.
  func gif(delay: Int, hold: Int) throws(PlottingError) -> [UInt8] {
    var palette = palette
    var crowded: [Int] = []
    let (width, height) = (canvas.width, canvas.height)
    let transparent = palette.colors.count
    let whole = try IndexedImage(width: width, height: height, palette: palette)
    gdImageColorTransparent(whole.image, gdImageColorAllocate(whole.image, 0, 0, 0))
    var bytes = try Canvas.encode("GIF") { gdImageGifAnimBeginPtr(whole.image, $0, 1, 0) }
    var before = [UInt8](repeating: 0, count: width * height)
    var now = before
    for (index, drawing) in drawings.enumerated() {
      canvas.clear()
      try drawing.draw(on: canvas, theme: theme, legends: legends, crowded: &crowded)
      now.withUnsafeMutableBufferPointer { target in
        for y in 0..<height { palette.translate(canvas.rows[y]!, width, to: target.baseAddress! + y * width) }
      }
      let area =
        index == 0 ? Dots(left: 0, top: 0, right: width, bottom: height) : Self.changes(before, now, width)
      let part = try IndexedImage(
        width: area.right - area.left, height: area.bottom - area.top, palette: palette)
      gdImageColorTransparent(part.image, gdImageColorAllocate(part.image, 0, 0, 0))
      for y in area.top..<area.bottom {
        let row = part.image.pointee.pixels[y - area.top]!
        for x in area.left..<area.right {
          let place = y * width + x
          let isSame = index > 0 && now[place] == before[place]
          row[x - area.left] = isSame ? UInt8(transparent) : now[place]
        }
      }
      let time = Int32(index == drawings.count - 1 ? max(hold, delay) : delay)
      bytes += try Canvas.encode("GIF") {
        gdImageGifAnimAddPtr(
          part.image, $0, 0, Int32(area.left), Int32(area.top), time, Int32(gdDisposalNone), nil)
      }
      swap(&before, &now)
    }
    bytes += try Canvas.encode("GIF") { gdImageGifAnimEndPtr($0) }
    return bytes
  }

  /// The smallest box around all differences; one dot where there are none.
  private static func changes(_ a: [UInt8], _ b: [UInt8], _ width: Int) -> Dots {
    var box = Dots(left: width, top: a.count, right: 0, bottom: 0)
    for y in 0..<(a.count / width) {
      let row = y * width..<(y + 1) * width
      guard let first = row.first(where: { a[$0] != b[$0] }) else { continue }
      let last = row.last { a[$0] != b[$0] }!
      box = Dots(
        left: min(box.left, first - row.lowerBound), top: min(box.top, y),
        right: max(box.right, last - row.lowerBound + 1), bottom: y + 1)
    }
    return box.isEmpty ? Dots(left: 0, top: 0, right: 1, bottom: 1) : box
  }
}
