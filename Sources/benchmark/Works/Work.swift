/// Something to be done by us and by libraries of Python, each in a process of its own.
struct Work: Sendable {
  /// Names it between this program and its workers.
  let name: String
  let title: String
  /// What the number is that each returns, by which a reader sees that all did the same.
  let check: String
  let peers: [Peer]
  /// Prepares the work, and returns what does it once, for a seed; that returns what finds the number,
  /// which is not timed.
  let prepare: @Sendable () throws -> (_ seed: UInt64) throws -> () -> Double

  static let all = [simulation, training, normals, scatter, heatmap, animation]

  struct Peer: Sendable {
    let name: String
    /// The Python modules that it needs; the first is the one whose version is told.
    let modules: [String]
    /// The file and the function in it.
    let script: String
    let function: String
  }
}
