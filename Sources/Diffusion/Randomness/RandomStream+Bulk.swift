extension RandomStream {
  /// The standard normals number `range` of this stream: element i is the same whatever the range.
  ///
  /// By Box and Muller's transform, vectorised; `Float` draws take 32 random bits each (largest magnitude 6.6),
  /// `Double` draws 52 and more (8.5). The bits do not depend on the processor's instruction set.
  /// Source: G. Box, M. Muller, "A note on the generation of random normal deviates", Ann. Math. Statist. 29 (1958).
  public func normals<T: MachineReal>(_ type: T.Type, _ range: Range<Int>) -> [T] {
    requireNumbers(range)
    return [T](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      T.fillNormals(
        from: self, start: range.lowerBound, UnsafeMutableBufferPointer(rebasing: buffer[..<range.count]))
      initialized = range.count
    }
  }

  /// The uniforms of (0, 1) number `range` of this stream, neither end included.
  public func uniforms<T: MachineReal>(_ type: T.Type, _ range: Range<Int>) -> [T] {
    requireNumbers(range)
    return [T](unsafeUninitializedCapacity: range.count) { buffer, initialized in
      T.fillUniforms(
        from: self, start: range.lowerBound, UnsafeMutableBufferPointer(rebasing: buffer[..<range.count]))
      initialized = range.count
    }
  }

  private func requireNumbers(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0, "draws of a stream are numbered from 0: there are none at \(range)")
  }

  /// The same, of the type that is asked for: `let eps: [Float] = stream.normals(0..<n)`.
  public func normals<T: MachineReal>(_ range: Range<Int>) -> [T] { normals(T.self, range) }

  /// The same, of the type that is asked for: `let u: [Float] = stream.uniforms(0..<n)`.
  public func uniforms<T: MachineReal>(_ range: Range<Int>) -> [T] { uniforms(T.self, range) }

  /// The same in double precision, where no other is asked for.
  public func normals(_ range: Range<Int>) -> [Double] { normals(Double.self, range) }

  /// The same in double precision, where no other is asked for.
  public func uniforms(_ range: Range<Int>) -> [Double] { uniforms(Double.self, range) }
}
