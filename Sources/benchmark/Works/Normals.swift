import Diffusion

extension Work {
  static let normals = Work(
    name: "normals",
    title: "Normals: ten million of 32 bits",
    check: "mean square",
    peers: [
      Peer(name: "PyTorch", modules: ["torch"], script: "normals", function: "torch"),
      Peer(name: "JAX", modules: ["jax"], script: "normals", function: "jax"),
      Peer(name: "NumPy", modules: ["numpy"], script: "normals", function: "numpy"),
    ]
  ) {
    { seed in
      let normals = RandomStream(seed: seed).normals(Float.self, 0..<10_000_000)
      return { normals.reduce(0) { $0 + Double($1 * $1) } / Double(normals.count) }
    }
  }
}
