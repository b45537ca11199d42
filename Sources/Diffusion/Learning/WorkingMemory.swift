/// Memory that those who draw and evaluate minibatches keep from one step to the next: one object of each type.
///
/// It belongs to one training run, on one thread.
public final class WorkingMemory: @unchecked Sendable {
  private var kept: [ObjectIdentifier: AnyObject] = [:]

  /// Nothing is kept at first.
  public init() {}

  /// The object of this type: made at the first call, and given back at those that follow.
  public func object<Memory: AnyObject>(_ make: () -> Memory) -> Memory {
    let key = ObjectIdentifier(Memory.self)
    if let known = kept[key] { return unsafeDowncast(known, to: Memory.self) }
    let made = make()
    kept[key] = made
    return made
  }

  /// The same, made anew where what was kept no longer fits.
  public func object<Memory: AnyObject>(where fits: (Memory) -> Bool, _ make: () -> Memory) -> Memory {
    let known = object(make)
    if fits(known) { return known }
    let made = make()
    kept[ObjectIdentifier(Memory.self)] = made
    return made
  }
}
