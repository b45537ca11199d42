public import Diffusion
public import Plotting

extension Vector: PlottablePoint where Scalar: Plottable {
  /// The vector as a point of the plane.
  public var plotted: SIMD2<Double> {
    precondition(count == 2, "a point of R^\(count) does not lie in the plane: plot two of its coordinates")
    return SIMD2(self[0].plotted, self[1].plotted)
  }
}

extension Figure {
  /// The points of a batch in the plane.
  public func scatter<T: MachineReal & Plottable>(
    _ batch: Batch<T>, _ label: String = "", color: Color? = nil, marker: Marker? = nil, size: Double? = nil,
    opacity: Double? = nil
  ) -> Figure {
    let (x, y) = coordinates(of: batch)
    return scatter(x, y, label, color: color, marker: marker, size: size, opacity: opacity)
  }

  /// The histogram of a batch of numbers.
  public func histogram<T: MachineReal & Plottable>(
    _ batch: Batch<T>, _ label: String = "", bins: Int? = nil, in range: ClosedRange<Double>? = nil,
    density: Bool = true, color: Color? = nil
  ) -> Figure {
    precondition(batch.dimension == 1, "a histogram of points of R^\(batch.dimension): choose a column")
    return histogram(batch.elements, label, bins: bins, in: range, density: density, color: color)
  }

  /// The ways of some particles of a simulation: curves over time on the line, paths in the plane.
  public func trajectories<T: MachineReal & Plottable>(
    of simulation: Simulation<T>, _ rows: Range<Int>, _ label: String = "", color: Color? = nil,
    width: Double = 1.2, opacity: Double = 0.9
  ) -> Figure {
    let paths = rows.map { simulation.trajectory($0) }
    guard simulation.final.dimension == 1 else {
      return trajectories(paths, times: simulation.times, label, width: width, opacity: opacity)
    }
    return lines(
      simulation.times, paths.map { $0.map { $0[0] } }, label, color: color, width: width, opacity: opacity)
  }

  private func coordinates<T: MachineReal>(of batch: Batch<T>) -> (x: [T], y: [T]) {
    precondition(batch.dimension == 2, "points of R^\(batch.dimension) in the plane: choose two columns")
    return (batch.column(0), batch.column(1))
  }
}
