/// A loss that compares the network's outputs at random points and times with targets:
///
///     L = E[w D(target, f(x, t))],  D(a, b) = |a - b|^2 unless another is chosen.
/// A new one is what it draws:
///
///     struct VPrediction<S: Schedule, Data: DataSource>: RegressionLoss {
///       let path: GaussianPath<S>
///       let data: Data
///       var dimension: Int { data.dimension }
///       func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) {
///         pass.drawNoised(from: IndependentCoupling(data), times: .uniform(), draws)
///         pass.mixRows { t in
///           RowMixing(point: (path.alpha(t), path.beta(t)), target: (-path.beta(t), path.alpha(t)))
///         }
///       }
///     }
public protocol RegressionLoss: Loss {
  /// Draws `points`, `times` and `labels` of the pass, and `targets` and `weights` of its minibatch.
  func draw<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws)
}

extension RegressionLoss {
  @inlinable
  public func evaluate<T: NetworkReal>(_ pass: NetworkPass<T>, draws: TrainingDraws) -> Double {
    draw(pass, draws: draws)
    pass.forward()
    let value = pass.squaredError()
    pass.backward()
    return value
  }
}

extension NetworkPass {
  /// mean_i w_i |y_i - target_i|^2, and its gradient with respect to y.
  @inlinable
  func squaredError() -> Double {
    let (n, d) = (rows, architecture.outputs)
    var sum = 0.0
    let scale = 2 / Scalar(Double(n))
    valueGradient.withMutableElements { gradient in
      values.withElements { y in
        minibatch.targets.withElements { target in
          minibatch.weights.withUnsafeBufferPointer { weights in
            for i in 0..<n {
              var row: Scalar = 0
              for j in i * d..<(i + 1) * d {
                let error = y[j] - target[j]
                row += error * error
                gradient[j] = scale * weights[i] * error
              }
              sum += (weights[i] * row).realPart
            }
          }
        }
      }
    }
    return sum / Double(n)
  }
}
