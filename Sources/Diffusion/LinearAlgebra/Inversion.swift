import RealModule

/// inverse = matrix^-1 in memory that is there, by elimination without pivoting, which positive definite matrices allow;
/// returns the logarithm of the determinant, or nil where the matrix is not positive definite. Overwrites the matrix.
/// O(d^3).
func invert(_ matrix: inout [Double], into inverse: inout [Double], dimension d: Int) -> Double? {
  var logDeterminant = 0.0
  for i in 0..<d * d { inverse[i] = i % (d + 1) == 0 ? 1 : 0 }
  for k in 0..<d {
    let pivot = matrix[k * d + k]
    guard pivot > 0 else { return nil }
    logDeterminant += Double.log(pivot)
    for j in 0..<d {
      matrix[k * d + j] /= pivot
      inverse[k * d + j] /= pivot
    }
    for i in 0..<d where i != k {
      let factor = matrix[i * d + k]
      for j in 0..<d {
        matrix[i * d + j] -= factor * matrix[k * d + j]
        inverse[i * d + j] -= factor * inverse[k * d + j]
      }
    }
  }
  return logDeterminant
}
