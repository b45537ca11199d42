import Glibc

/// A point of many dimensions, whose coordinates lie in memory that is used again: what loops over rows give to formulas
/// in more dimensions than an `InlineVector` has.
///
/// Once made it does not change. So its memory is free again as soon as no point refers to it, and a point that a formula
/// keeps stays what it is.
@usableFromInline
struct LongVector<Scalar: RealNumber>: Point {
  @usableFromInline let count: Int
  @usableFromInline let memory: PointMemory

  /// Where the memory is, so that reading a coordinate need not ask for it.
  @usableFromInline let place: UnsafeMutablePointer<Scalar>

  @inlinable
  init(count: Int, _ coordinate: (Int) -> Scalar) {
    precondition(count >= 0, "a point of \(count) coordinates")
    self.count = count
    memory = PointMemory.taken(bytes: count * MemoryLayout<Scalar>.stride)
    place = memory.start.bindMemory(to: Scalar.self, capacity: count)
    // What a coordinate is computed from may be points too: this memory is not theirs, for it is referred to.
    withExtendedLifetime(memory) {
      for i in 0..<count { (place + i).initialize(to: coordinate(i)) }
    }
  }

  @inlinable
  subscript(index: Int) -> Scalar {
    precondition(index >= 0 && index < count, "coordinate \(index) of a point of \(count)")
    return withExtendedLifetime(memory) { place[index] }
  }

  @inlinable
  var largestMagnitude: Double {
    var largest = 0.0
    for i in 0..<count { largest = larger(largest, self[i].largestMagnitude) }
    return largest
  }

  @inlinable
  static func + (a: LongVector, b: LongVector) -> LongVector {
    precondition(a.count == b.count, "a sum of points of dimensions \(a.count) and \(b.count)")
    return LongVector(count: a.count) { a[$0] + b[$0] }
  }

  @inlinable
  static func - (a: LongVector, b: LongVector) -> LongVector {
    precondition(a.count == b.count, "a difference of points of dimensions \(a.count) and \(b.count)")
    return LongVector(count: a.count) { a[$0] - b[$0] }
  }

  @inlinable
  static func * (scale: Scalar, x: LongVector) -> LongVector {
    LongVector(count: x.count) { scale * x[$0] }
  }
}

/// A piece of memory for the coordinates of one point.
@usableFromInline
final class PointMemory {
  @usableFromInline let start: UnsafeMutableRawPointer
  let bytes: Int

  init(bytes: Int) {
    self.bytes = bytes
    start = .allocate(byteCount: bytes, alignment: 16)
  }

  deinit { start.deallocate() }

  /// Memory that no point refers to: a piece that this thread has used before, where there is one.
  @usableFromInline
  static func taken(bytes: Int) -> PointMemory { ThreadMemory.current.take(bytes) }
}

/// Calls `body` with memory for `count` numbers that hold anything, used again as that of points is.
@inlinable
func withPointMemory<T: RealNumber, R>(
  of type: T.Type, count: Int, _ body: (UnsafeMutableBufferPointer<T>) -> R
) -> R {
  let memory = PointMemory.taken(bytes: count * MemoryLayout<T>.stride)
  return withExtendedLifetime(memory) {
    let place = memory.start.bindMemory(to: T.self, capacity: count)
    return body(UnsafeMutableBufferPointer(start: place, count: count))
  }
}

/// The pieces of memory that one thread uses again and again; they end with it.
private final class ThreadMemory {
  private var pieces: [PointMemory] = []

  /// More points at once than formulas have; those beyond are on their own.
  private static let most = 64

  /// In the order of the pieces, so that those in use are few and warm.
  func take(_ bytes: Int) -> PointMemory {
    for i in pieces.indices where pieces[i].bytes >= bytes && isKnownUniquelyReferenced(&pieces[i]) {
      return pieces[i]
    }
    let piece = PointMemory(bytes: max(bytes, 256))
    if pieces.count < Self.most {
      pieces.append(piece)
    } else if let short = pieces.indices.first(where: { isKnownUniquelyReferenced(&pieces[$0]) }) {
      // All that are free are too short: what is asked for now will be asked for again.
      pieces[short] = piece
    }
    return piece
  }

  private static let key = {
    var key = pthread_key_t()
    pthread_key_create(&key) { Unmanaged<ThreadMemory>.fromOpaque($0!).release() }
    return key
  }()

  static var current: ThreadMemory {
    if let known = pthread_getspecific(key) { return Unmanaged.fromOpaque(known).takeUnretainedValue() }
    let made = ThreadMemory()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }
}
