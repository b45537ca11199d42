import Diffusion
import RealModule
import Testing

/// diffusers 0.42.1 (its tables of signals replaced by ones in double precision) and k-diffusion 0.1.1.
@Suite struct SamplerPeerTests {
  static let posteriorVariances = [
    0.000723687186213758, 0.009498400459656107, 0.047252809917884844, 0.07900894834684413,
  ]
  static let reverseMeans = [
    0.9422094485208041, 1.2571018214848912, 0.3491643240772435, -0.2704367499096609, 0.9347897342033521,
    1.258499099506978, 0.3226083874426362, -0.3086165629527329, 0.9269228805424465, 1.25621054217329,
    0.3018584958291358, -0.34558511952573895,
  ]
  static let ddim = [0.22909262921933637, 0.7959966724220912, -0.3428812874270619, -0.6945577347408285]
  static let ddimDeviations = [0.4002234571075447, 0.2555845960633333]
  static let dpmSolver = [0.3185810777281747, 0.8307978544909191, -0.20571056602394963, -0.5389097567270118]
  static let sigmas = [
    30.00000000000001, 16.77401104704961, 8.6873009091111, 4.071444293784687, 1.6659222054673373,
    0.5607520597103649, 0.1391177975770109, 0.019999999999999987, 0.0,
  ]
  static let heun = [1.3828983473107168, 1.6751859688887074, 0.7173849122061454, -0.10519070545740877]
  static let churned = [0.9490966671787662, 1.1290538699132988, 0.5617386009423123, 0.13506885652943282]
  static let multistep = [1.2856613906371637, 1.5930839285345193, 0.7911383379264566, -0.037483894909174406]

  static let chain = DDPMChain.linear(steps: 50, 1e-3...0.08)
  static let points = Batch(elements: Peer.cloud(2, 2, 1.1), dimension: 2)

  /// A guess at the noise in state k of the chain.
  static func guess(_ x: Double, _ k: Double) -> Double { Double.tanh(1.1 * x + 0.02 * k) + 0.1 * x }

  static let noise = ClosureField<Pair<Double>> { x, t in
    let k = 50 * (1 - t)
    return Pair(guess(x.first, k), guess(x.second, k))
  }

  /// DDPMScheduler with `fixed_small` variances; state k is its timestep k - 1. The mean through the guess at the data,
  /// c_0 x_0 + c_k x_k, is the same.
  @Test func theChain() {
    let chain = Self.chain
    #expect(Peer.gap([2, 8, 31, 50].map { chain.posterior($0).variance }, Self.posteriorVariances) < 1e-15)
    var (means, throughData): ([Double], [Double]) = ([], [])
    for k in [2, 31, 50] {
      for x in Self.points.elements {
        let noise = Self.guess(x, Double(k))
        let data = (x - chain.variance(k).squareRoot() * noise) / chain.signal(k).squareRoot()
        means.append(chain.reverseMean(x, noise: noise, k))
        throughData.append(chain.posterior(k).data * data + chain.posterior(k).state * x)
      }
    }
    #expect(Peer.gap(means, Self.reverseMeans) < 1e-14)
    #expect(Peer.gap(throughData, Self.reverseMeans) < 1e-14)
  }

  func sample(_ solver: some Solver, steps: Int) -> [Double] {
    let flow = GaussianPath(schedule: Self.chain.schedule).flow(of: Self.noise, predicting: .noise)
    return simulate(flow, from: Self.points, by: solver, times: .uniform(steps: steps)).final.elements
  }

  /// DDIMScheduler and DPMSolverMultistepScheduler ("dpmsolver++", order 2, midpoint), trailing timesteps to data. The
  /// second takes its samples in single precision.
  @Test func samplersOfTheChain() {
    #expect(Peer.gap(sample(.ddim, steps: 5), Self.ddim) < 1e-12)
    #expect(Peer.gap(sample(.dpmSolver, steps: 10), Self.dpmSolver) < 1e-6)
  }

  /// eta = 0.6: the deviation of one step, from the difference that two draws make.
  @Test(arguments: [(50.0, 0), (30, 1)])
  func noiseOfDDIM(k: Double, number: Int) {
    let flow = GaussianPath(schedule: Self.chain.schedule).flow(of: Self.noise, predicting: .noise)
    let streams = [RandomStream(seed: 1), RandomStream(seed: 2)]
    let times = TimeGrid([1 - k / 50, 1.2 - k / 50])
    let ends = streams.map { stream in
      simulate(flow, from: Self.points, by: .ddim(eta: 0.6), times: times, stream: stream).final.elements
    }
    let draws = streams.map { Batch<Double>.normals(count: 2, dimension: 2, from: $0).elements }
    for i in 0..<4 {
      let deviation = (ends[0][i] - ends[1][i]) / (draws[0][i] - draws[1][i])
      #expect(abs(deviation - Self.ddimDeviations[number]) < 1e-12)
    }
  }

  // EDM's samplers: the guess at the data depends on x and the noise level.

  /// beta_t = 40 (1 - t), alpha_t = 1: any noise levels, down to 0.
  struct Levels: Schedule {
    func alpha<T: RealNumber>(_ t: T) -> T { 1 }
    func beta<T: RealNumber>(_ t: T) -> T { 40 * (1 - t) }
  }

  static let denoiser = ClosureField<Pair<Double>> { x, t in
    let s = 40 * (1 - t)
    func guess(_ x: Double) -> Double { x / (1 + s * s) + 0.4 * Double.sin(x + s) * s / (1 + s) }
    return Pair(guess(x.first), guess(x.second))
  }

  func run(_ solver: some Solver, stream: RandomStream? = nil) -> [Double] {
    var start = Self.points
    start.scale(by: 30)
    let flow = GaussianPath(schedule: Levels()).flow(of: Self.denoiser, predicting: .data)
    let times = TimeGrid(Self.sigmas.map { 1 - $0 / 40 })
    return simulate(flow, from: start, by: solver, times: times, stream: stream).final.elements
  }

  @Test func levels() {
    #expect(Peer.gap(KarrasSchedule(deviations: 0.02...30, rho: 5).levels(8), Self.sigmas) < 1e-14)
  }

  /// `sample_heun`, without churn and with; there s_noise = 0, here hardly more, so that only levels are raised.
  /// The noise level read back from the time has lost three digits.
  @Test func heun() {
    #expect(Peer.gap(run(.edmHeun), Self.heun) < 1e-11)
    let churning = EDMHeun(churn: 0.2, levels: 0.1...20, inflation: 1e-100)
    #expect(Peer.gap(run(churning, stream: RandomStream(seed: 1)), Self.churned) < 1e-11)
  }

  /// `sample_dpmpp_2m`.
  @Test func multistep() {
    #expect(Peer.gap(run(.dpmSolver), Self.multistep) < 1e-11)
  }
}
