import Diffusion
import RealModule
import Testing

@Suite struct DDPMChainTests {
  /// cumprod(1 - linspace(1e-4, 0.02, 1000)) in NumPy; the paper's last signal, 4e-5.
  @Test func theScheduleOfThePaper() {
    let chain = DDPMChain.linear()
    #expect(chain.steps == 1000)
    #expect(abs(chain.signal(1000) / 4.035829765375676e-05 - 1) < 1e-12)
    #expect(abs(chain.signal(500) / 0.07858724288177824 - 1) < 1e-12)
    #expect(chain.signal(0) == 1 && chain.variance(0) == 0)
  }

  /// The posterior is Bayes' rule: q(x_{k-1} | x_k, x_0) q(x_k | x_0) = q(x_k | x_{k-1}) q(x_{k-1} | x_0).
  @Test(arguments: [2, 7, 20])
  func posteriorIsBayesRule(k: Int) {
    let chain = DDPMChain.linear(steps: 20, 0.01...0.4)
    func logNormal(_ x: Double, _ mean: Double, _ variance: Double) -> Double {
      -((x - mean) * (x - mean) / variance + Double.log(2 * Double.pi * variance)) / 2
    }
    let (x0, before, now) = (0.7, -0.4, 1.3)
    let posterior = chain.posterior(k)
    let b = chain.rates[k - 1]
    let left =
      logNormal(before, posterior.data * x0 + posterior.state * now, posterior.variance)
      + logNormal(now, chain.signal(k).squareRoot() * x0, chain.variance(k))
    let right =
      logNormal(now, (1 - b).squareRoot() * before, b)
      + logNormal(before, chain.signal(k - 1).squareRoot() * x0, chain.variance(k - 1))
    #expect(abs(left - right) < 1e-12)
    // The same mean where the noise is predicted: x_0 = (x_k - sqrt(1 - A) eps) / sqrt(A).
    let eps = 0.35
    let data = (now - chain.variance(k).squareRoot() * eps) / chain.signal(k).squareRoot()
    let mean = posterior.data * data + posterior.state * now
    #expect(abs(chain.reverseMean(now, noise: eps, k) - mean) < 1e-13)
  }

  @Test func theFirstStepIsKnown() {
    let posterior = DDPMChain.linear(steps: 20, 0.01...0.4).posterior(1)
    #expect(abs(posterior.data - 1) < 1e-14 && posterior.state == 0 && posterior.variance == 0)
  }

  /// The chain in house time visits its states.
  @Test func theScheduleVisitsTheChain() {
    let chain = DDPMChain.linear(steps: 20, 0.01...0.4)
    for k in 0...20 {
      let t = 1 - Double(k) / 20
      #expect(abs(chain.schedule.alpha(t) - chain.signal(k).squareRoot()) < 1e-14)
      #expect(abs(chain.schedule.variance(t) - chain.variance(k)) < 1e-14)
    }
    let marginal = GaussianPath(schedule: chain.schedule).marginal(over: Examples.plane)
    let x: Vector<Double> = [0.2, 0.9]
    #expect(abs(marginal.logDensity(x, at: 0.35) - chain.law(of: Examples.plane, 13).logDensity(x)) < 1e-13)
  }

  /// A chain sampled from the VP schedule visits the schedule.
  @Test func aChainFromASchedule() {
    let schedule = VariancePreservingSchedule(rates: 0.1...20)
    let times = (0...50).map { 1 - Double($0) / 50 }
    let chain = DDPMChain.sampled(from: schedule, at: times)
    for k in [1, 17, 50] {
      #expect(abs(chain.variance(k) - schedule.variance(times[k])) < 1e-13)
    }
  }
}
