// Derivatives of formulas written for any real number type. What a formula captures from outside enters as
// a constant: `Dual(t)` for a number, `z.lifted` for a point of any dimension.

/// f'(x) of a function of one number.
///
/// `derivative(at: 2) { x in x * x * x }` is 12.
@inlinable
public func derivative<T: RealNumber>(at x: T, _ f: (Dual<T>) -> Dual<T>) -> T {
  f(Dual(x, 1)).derivative
}

/// The tangent c'(t) of a curve in R^d.
///
/// `derivative(at: 0.5) { t in Vector([cos(t), sin(t)]) }`
@_disfavoredOverload
@inlinable
public func derivative<T: RealNumber>(at t: T, _ curve: (Dual<T>) -> Vector<Dual<T>>) -> Vector<T> {
  // Tried after the derivative of a number: as its equal it would make the compiler search long formulas twice.
  let image = curve(Dual(t, 1))
  return Vector(count: image.count) { image[$0].derivative }
}

/// f''(x) of a function of one number.
@inlinable
public func secondDerivative<T: RealNumber>(
  at x: T, _ f: (Dual<Dual<T>>) -> Dual<Dual<T>>
) -> T {
  f(Dual(Dual(x, 1), Dual(1))).derivative.derivative
}

extension Vector {
  /// The vector with derivative 1 in coordinate `index` and 0 elsewhere.
  @inlinable func seeded(_ index: Int) -> Vector<Dual<Scalar>> {
    Vector<Dual<Scalar>>(count: count) { Dual(self[$0], $0 == index ? 1 : 0) }
  }

  /// The vector with the derivatives `direction`.
  @inlinable func seeded(along direction: Vector) -> Vector<Dual<Scalar>> {
    precondition(
      count == direction.count, "a direction of dimension \(direction.count) at a point of \(count)")
    return Vector<Dual<Scalar>>(count: count) { Dual(self[$0], direction[$0]) }
  }
}

/// nabla f(x), by d evaluations of f.
@inlinable
public func gradient<T>(at x: Vector<T>, _ f: (Vector<Dual<T>>) -> Dual<T>) -> Vector<T> {
  Vector((0..<x.count).map { f(x.seeded($0)).derivative })
}

/// The derivative of f at x along `direction`: J(x) v for a field f, by one evaluation.
@inlinable
public func pushforward<T>(
  at x: Vector<T>, along direction: Vector<T>, _ f: (Vector<Dual<T>>) -> Vector<Dual<T>>
) -> Vector<T> {
  let image = f(x.seeded(along: direction))
  return Vector(count: image.count) { image[$0].derivative }
}

/// J[i][j] = d f_i / d x_j, by d evaluations of f.
@inlinable
public func jacobian<T>(
  at x: Vector<T>, _ f: (Vector<Dual<T>>) -> Vector<Dual<T>>
) -> [[T]] {
  let columns = (0..<x.count).map { f(x.seeded($0)).coordinates }
  let rows = columns.first?.count ?? 0
  return (0..<rows).map { i in columns.map { $0[i].derivative } }
}

/// div f(x) = sum_i d f_i / d x_i, by d evaluations of f.
@inlinable
public func divergence<T>(
  at x: Vector<T>, _ f: (Vector<Dual<T>>) -> Vector<Dual<T>>
) -> T {
  var sum: T = 0
  for i in 0..<x.count { sum += f(x.seeded(i))[i].derivative }
  return sum
}

/// Delta f(x) = sum_i d^2 f / d x_i^2, by d evaluations of f on nested dual numbers.
@inlinable
public func laplacian<T>(
  at x: Vector<T>, _ f: (Vector<Dual<Dual<T>>>) -> Dual<Dual<T>>
) -> T {
  var sum: T = 0
  for i in 0..<x.count {
    let twice = Vector<Dual<Dual<T>>>(count: x.count) { j in
      j == i ? Dual(Dual(x[j], 1), Dual(1)) : Dual(Dual(x[j]))
    }
    sum += f(twice).derivative.derivative
  }
  return sum
}

/// H(x) v = d/de nabla f(x + e v), by d evaluations of f on nested dual numbers.
@inlinable
public func hessianVectorProduct<T>(
  at x: Vector<T>, along direction: Vector<T>, _ f: (Vector<Dual<Dual<T>>>) -> Dual<Dual<T>>
) -> Vector<T> {
  let along = x.seeded(along: direction)
  return Vector((0..<x.count).map { f(along.seeded($0)).derivative.derivative })
}
