public import Diffusion

/// The initialisers name coordinates after the field: t for time, x, y, z for points. Any other names
/// are given as strings.
extension Domain where Point == Double {
  public init(t: ClosedRange<Double>) { self.init("t", t) }
  public init(x: ClosedRange<Double>) { self.init("x", x) }

  public init(_ name: String, _ range: ClosedRange<Double>) {
    self.init([(name, .box([range]), false)]) { $0[0] }
  }
}

extension Domain where Point == (Double, Double) {
  public init(t: ClosedRange<Double>, x: ClosedRange<Double>) { self.init("t", t, "x", x) }
  public init(s: ClosedRange<Double>, t: ClosedRange<Double>) { self.init("s", s, "t", t) }
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>) { self.init("x", x, "y", y) }

  public init(
    _ first: String, _ firstRange: ClosedRange<Double>, _ second: String, _ secondRange: ClosedRange<Double>
  ) {
    self.init([(first, .box([firstRange]), false), (second, .box([secondRange]), false)]) { ($0[0], $0[1]) }
  }
}

extension Domain where Point == (Double, Double, Double) {
  public init(t: ClosedRange<Double>, x: ClosedRange<Double>, y: ClosedRange<Double>) {
    self.init("t", t, "x", x, "y", y)
  }
  public init(t: ClosedRange<Double>, x: ClosedRange<Double>, z: ClosedRange<Double>) {
    self.init("t", t, "x", x, "z", z)
  }
  public init(s: ClosedRange<Double>, t: ClosedRange<Double>, x: ClosedRange<Double>) {
    self.init("s", s, "t", t, "x", x)
  }

  public init(
    _ first: String, _ firstRange: ClosedRange<Double>, _ second: String, _ secondRange: ClosedRange<Double>,
    _ third: String, _ thirdRange: ClosedRange<Double>
  ) {
    self.init([
      (first, .box([firstRange]), false), (second, .box([secondRange]), false),
      (third, .box([thirdRange]), false),
    ]) { ($0[0], $0[1], $0[2]) }
  }
}

// Vectors have a label of their own. Were `x:` to take an interval or a region, a cell's closures would be
// type-checked once for each, together with every overload of `cos` in them.
extension Domain where Point == Vector<Double> {
  /// Vectors x = (x1, x2, ...) of a region.
  public init(vector region: Region) { self.init(vector: "x", region) }
  public init(vector name: String, _ region: Region) { self.init([(name, region, true)]) { Vector($0) } }
}

extension Domain where Point == (Double, Vector<Double>) {
  public init(t: ClosedRange<Double>, vector region: Region) { self.init("t", t, vector: "x", region) }

  public init(_ scalar: String, _ range: ClosedRange<Double>, vector: String, _ region: Region) {
    self.init([(scalar, .box([range]), false), (vector, region, true)]) {
      ($0[0], Vector(Array($0.dropFirst())))
    }
  }
}

extension Domain where Point == (Vector<Double>, Vector<Double>) {
  public init(vector first: String, _ firstRegion: Region, vector second: String, _ secondRegion: Region) {
    let split = firstRegion.dimension
    self.init([(first, firstRegion, true), (second, secondRegion, true)]) {
      (Vector(Array($0[..<split])), Vector(Array($0[split...])))
    }
  }
}

extension Domain where Point == (Double, Vector<Double>, Vector<Double>) {
  public init(
    t: ClosedRange<Double>, vector first: String, _ firstRegion: Region, vector second: String,
    _ secondRegion: Region
  ) {
    self.init("t", t, vector: first, firstRegion, vector: second, secondRegion)
  }

  public init(
    _ scalar: String, _ range: ClosedRange<Double>, vector first: String, _ firstRegion: Region,
    vector second: String, _ secondRegion: Region
  ) {
    let split = 1 + firstRegion.dimension
    self.init([(scalar, .box([range]), false), (first, firstRegion, true), (second, secondRegion, true)]) {
      ($0[0], Vector(Array($0[1..<split])), Vector(Array($0[split...])))
    }
  }
}

extension Domain where Point == Void {
  /// The domain of a claim without free variables.
  static var single: Domain { Domain([]) { _ in () } }
}
