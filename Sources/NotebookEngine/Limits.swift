/// What a run may take.
public struct Limits: Hashable, Sendable {
  /// Seconds for a cell that does not set its own.
  public var timeout: Double
  /// Bytes of address space for the kernel.
  public var memory: UInt64
  /// Bytes of private memory for all snapshots together.
  public var snapshotMemory: Int

  public init(timeout: Double = 300, memory: UInt64 = 8 << 30, snapshotMemory: Int = 2 << 30) {
    self.timeout = timeout
    self.memory = memory
    self.snapshotMemory = snapshotMemory
  }
}
