/// How straight the paths of a flow are, from a simulation that kept its states (`saving: .every(1)`), all for paths run
/// in the time T from the first state kept to the last, linear between states. Means over the particles stand for E.
///
/// pathEnergy = transportCost / T + straightness, for a path of given ends needs the least energy along a line.
extension Simulation {
  /// E |x(end) - x(start)|^2.
  public var transportCost: Double {
    precondition(states.count > 1, "a transport cost needs the first state: use saving: .every(n)")
    return meanSquare(states[0], final)
  }

  /// int E |dx/dt|^2 dt, the kinetic energy of Benamou and Brenier, without their factor 1/2.
  ///
  /// Its least value over all flows between two laws is W_2^2 / T.
  /// Source: J.-D. Benamou, Y. Brenier, "A computational fluid mechanics solution to the Monge-Kantorovich mass
  /// transfer problem", Numer. Math. 84 (2000).
  public var pathEnergy: Double {
    precondition(states.count > 1, "the energy of a path needs states along it: use saving: .every(1)")
    return (1..<states.count).reduce(0) { sum, k in
      sum + meanSquare(states[k - 1], states[k]) / abs(times[k] - times[k - 1])
    }
  }

  /// int E |dx/dt - (x(end) - x(start)) / T|^2 dt: 0 for straight paths run at constant speed, larger the more they bend
  /// or change their speed.
  ///
  /// Source: X. Liu, C. Gong, Q. Liu, "Flow straight and fast: learning to generate and transfer data with rectified
  /// flow", ICLR 2023, there S(Z).
  public var straightness: Double {
    pathEnergy - transportCost / abs(times[times.count - 1] - times[0])
  }

  private func meanSquare(_ a: Batch<Scalar>, _ b: Batch<Scalar>) -> Double {
    precondition(a.count > 0, "the paths of no particles have no mean")
    var sum = 0.0
    a.withElements { a in
      b.withElements { b in
        for i in a.indices {
          let difference = a[i].realPart - b[i].realPart
          sum += difference * difference
        }
      }
    }
    return sum / Double(a.count)
  }
}
