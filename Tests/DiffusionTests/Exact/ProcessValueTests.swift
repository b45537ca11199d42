import Diffusion
import RealModule
import Testing

/// Linear processes with coefficients that vary and a forcing, and events of small probability.
@Suite struct ProcessValueTests {
  static let forced = [0.24763426894018586, 1.1960347897222006, 1.6183174332784576, 0.03813694961324325]
  static let forcedBridge = [0.7243678114924195, 0.45828518844740573, 0.1788640500134998]
  static let slab = [
    -2.066266194951569, 0.6157606567032711, -11544.358192130763, 561.9225938248711, -6847118.861052039,
    -45956.78677661489, -0.23064301399064438, 0.7630481877303293,
  ]
  static let halfPlane = [-3.232235145484931, 0.7355697377886619, 1.4711394755773237]

  /// dX = (-(1 + sin s) X + (cos s, 2 s)) ds + (0.3 + s^2) dW.
  private struct Forced: LinearProcess {
    func rate<T: RealNumber>(_ s: T) -> T { -1 - sin(s) }
    func diffusion<T: RealNumber>(_ s: T) -> T { 0.3 + s * s }
    func forcing<P: Point>(_ dimension: Int, at s: P.Scalar) -> P {
      P(count: dimension) { $0 == 0 ? cos(s) : 2 * s }
    }
  }

  /// Quadrature to twelve digits.
  @Test func momentsAndBridges() {
    let law = Forced().transition(from: [1.5, -0.5], at: 0.2, to: 1.7)
    let moments = law.mean.coordinates + [law.covariance[1, 1], Forced().covariance(0.9, 1.7, from: 0.2)]
    #expect(Exact.gap(moments, Self.forced) < 1e-11)
    let bridge = Bridge(of: Forced(), from: [1, 0], to: [2, -1], over: 0.2...1.7)
    #expect(
      Exact.gap(bridge.mean(at: 0.9).coordinates + [bridge.variance(at: 0.9)], Self.forcedBridge) < 1e-11)
  }

  /// An Ornstein-Uhlenbeck process that ends in a slab, with probabilities down to exp(-6.8 10^6), and in a half-plane;
  /// with the gradients of their logarithms.
  @Test func events() {
    let line = OrnsteinUhlenbeck(theta: 1.3, mean: 0.5, deviation: 0.8)
    let slab = TerminalSlab(of: line, in: 1...2, time: 1.7)
    let values = [(0.2, 0.4), (-40.0, 1.6), (300.0, 1.69), (1.5, 1.5)].flatMap { x, s -> [Double] in
      [slab.logValue(x, at: s), HarmonicGradient(of: slab)(x, at: s)]
    }
    #expect(Exact.gap(values, Self.slab) < 1e-11)
    let plane = OrnsteinUhlenbeck(theta: 1.3, mean: [0.5, -1], deviation: 0.8)
    let half = TerminalSlab(of: plane, along: [1, 2], in: 0.5...(.infinity), time: 1)
    let x: Vector<Double> = [-3, 1]
    let found = [half.logValue(x, at: 0.2)] + HarmonicGradient(of: half)(x, at: 0.2).coordinates
    #expect(Exact.gap(found, Self.halfPlane) < 1e-12)
  }
}
