import Diffusion
import Plotting

extension Work {
  /// Two thousand points of the plane.
  private static let points: [SIMD2<Double>] = {
    let normals = RandomStream(seed: 0).normals(Double.self, 0..<4000)
    return (0..<2000).map { SIMD2(normals[2 * $0], normals[2 * $0 + 1]) }
  }()

  private static func matplotlib(_ function: String) -> [Peer] {
    [Peer(name: "matplotlib", modules: ["matplotlib", "numpy"], script: "plotting", function: function)]
  }

  static let scatter = Work(
    name: "scatter", title: "Plotting: 2,000 points and two lines, PNG of 1280 x 800", check: "bytes",
    peers: matplotlib("scatter")
  ) {
    let x = (0..<400).map { -3 + 6 * Double($0) / 399 }
    return { _ in
      let figure = Figure()
        .scatter(points, size: 2.5, opacity: 0.5)
        .line(x, x.map { sin($0) }, "sin")
        .line(x, x.map { cos($0) }, "cos")
        .x("$x$").y("$p_t(x)$").size(640, 400)
      let file = try figure.render()
      return { Double(file.count) }
    }
  }

  static let heatmap = Work(
    name: "heatmap", title: "Plotting: a heatmap of 512 x 512 and its contours, PNG of 1280 x 800",
    check: "bytes", peers: matplotlib("heatmap")
  ) {
    let grid = (0..<512).map { -3 + 6 * Double($0) / 511 }
    let density = grid.map { y in
      grid.map { x in exp(-x * x - y * y) + 0.5 * exp(-(x - 1) * (x - 1) - (y + 1) * (y + 1)) }
    }
    return { _ in
      let figure = Figure()
        .heatmap(density, x: -3...3, y: -3...3)
        .contours(density, x: -3...3, y: -3...3, count: 10, color: .white, labels: false)
        .size(640, 400)
      let file = try figure.render()
      return { Double(file.count) }
    }
  }

  static let animation = Work(
    name: "animation", title: "Plotting: 60 frames of 1,000 particles, GIF of 400 x 400", check: "bytes",
    peers: matplotlib("animation")
  ) {
    { _ in
      let film = Animation(frames: 60) { k in
        Figure()
          .scatter(points.prefix(1000).map { $0 * (1 - Double(k) / 60) }, size: 2)
          .size(400, 400)
      }
      let file = try film.render(scale: 1)
      return { Double(file.count) }
    }
  }
}
