public import RealModule

/// Solves C y = b for a symmetric positive definite C = L L^T of which only the lower triangle is asked for: y is
/// written into `solution`, L into `factor`, which are all the memory there is. Returns b^T y and log det C, or nil
/// where C is not positive definite. O(d^3).
@inlinable
func solvePositive<T: RealNumber>(
  _ entry: (Int, Int) -> T, _ b: (Int) -> T, into solution: UnsafeMutableBufferPointer<T>,
  factor l: UnsafeMutableBufferPointer<T>
) -> (product: T, logDeterminant: T)? {
  let d = solution.count
  var (product, logDeterminant): (T, T) = (0, 0)
  for i in 0..<d {
    for j in 0...i {
      var sum = entry(i, j)
      for k in 0..<j { sum -= l[i * d + k] * l[j * d + k] }
      if j < i {
        l[i * d + j] = sum / l[j * d + j]
      } else {
        guard sum > 0, sum.isFinite else { return nil }
        l[i * d + i] = sum.squareRoot()
        logDeterminant += T.log(sum)
      }
    }
    var whitened = b(i)
    for k in 0..<i { whitened -= l[i * d + k] * solution[k] }
    solution[i] = whitened / l[i * d + i]
    product += solution[i] * solution[i]
  }
  for i in stride(from: d - 1, through: 0, by: -1) {
    var sum = solution[i]
    for k in i + 1..<d { sum -= l[k * d + i] * solution[k] }
    solution[i] = sum / l[i * d + i]
  }
  return (product, logDeterminant)
}
