/// A mixture's draws are labelled by their component, so that a network can be trained to be conditioned on it.
extension GaussianMixture: DataSource {
  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    precondition(
      data.dimension == dimension, "a batch of dimension \(data.dimension) for draws of \(dimension)")
    data.fillNormals(from: draws[.data])
    var choices = draws[.choices]
    weights.withUnsafeBufferPointer { weights in
      for row in 0..<data.count {
        var remaining = choices.uniform()
        var chosen = 0
        while chosen < weights.count - 1, remaining >= weights[chosen] {
          remaining -= weights[chosen]
          chosen += 1
        }
        labels[row] = chosen
      }
    }
    // Component by component: taking one out of the array costs more than looking for its rows.
    data.withMutableElements { data in
      for k in components.indices {
        let component = components[k]
        for row in labels.indices where labels[row] == k { component.place(data, at: row * dimension) }
      }
    }
  }
}

extension Gaussian: DataSource {
  @inlinable
  public func fill<T: MachineReal>(_ data: inout Batch<T>, labels: inout [Int?], from draws: TrainingDraws) {
    precondition(
      data.dimension == dimension, "a batch of dimension \(data.dimension) for draws of \(dimension)")
    data.fillNormals(from: draws[.data])
    data.withMutableElements { data in
      for start in stride(from: 0, to: data.count, by: dimension) { place(data, at: start) }
    }
  }

  /// Turns the standard normals of a row, from `start` on, into a draw.
  @inlinable
  func place<T: MachineReal>(_ data: UnsafeMutableBufferPointer<T>, at start: Int) {
    let d = dimension
    guard let axes else {
      for i in 0..<d { data[start + i] = T(mean[i]) + T(variances[i].squareRoot()) * data[start + i] }
      return
    }
    withUnsafeTemporaryAllocation(of: T.self, capacity: d) { scaled in
      for j in 0..<d { scaled[j] = T(variances[j].squareRoot()) * data[start + j] }
      for i in 0..<d {
        var sum = T(mean[i])
        for j in 0..<d { sum += T(axes[i, j]) * scaled[j] }
        data[start + i] = sum
      }
    }
  }
}
