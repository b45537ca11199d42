/// A time-dependent function of the rows of a batch, with the memory it works in.
///
/// It is made for one shape of batch and one thread at a time; once made, calling it allocates nothing that
/// its author does not allocate.
public final class BatchFunction<Scalar: MachineReal> {
  private let body: (_ x: Batch<Scalar>, _ t: Scalar, _ out: inout Batch<Scalar>) -> Void

  /// `body` writes its value at the rows of x, at time t, into the rows of out.
  public init(_ body: @escaping (_ x: Batch<Scalar>, _ t: Scalar, _ out: inout Batch<Scalar>) -> Void) {
    self.body = body
  }

  /// Writes the value at the rows of x, at time t, into the rows of out; batches are of the shape it was made for.
  public func callAsFunction(_ x: Batch<Scalar>, at t: Scalar, into out: inout Batch<Scalar>) {
    body(x, t, &out)
  }
}
