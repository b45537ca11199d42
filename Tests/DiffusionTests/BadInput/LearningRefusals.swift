import Diffusion

/// Networks, losses and optimizers that there are not.
enum LearningRefusals {
  static let learning: [Refusal] = [
    Refusal("a learning rate cannot be") { _ = LearningRate.constant(.nan) },
    Refusal("a minibatch of 0 points") {
      _ = Training(
        MultilayerPerceptron<Float>(Architecture(dimension: 2), stream: RandomStream(seed: 1)),
        loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: Gaussian.standard(2)),
        batch: 0,
        stream: RandomStream(seed: 2))
    },
    Refusal("label 3 for a network of 3 labels") {
      _ = MultilayerPerceptron<Float>(Architecture(dimension: 2, labels: 3), stream: RandomStream(seed: 1))
        .conditioned(on: 3)
    },
    Refusal("a learning rate cannot be") { _ = LearningRate.cosine(from: .nan, steps: 3) },
    Refusal("times cannot be drawn from") { _ = TimeSampling.uniform(0...Double.infinity) },
    Refusal("from dimension 2 to 2 outputs, not from 3 to 3") {
      _ = Training(
        MultilayerPerceptron<Float>(Architecture(dimension: 3), stream: RandomStream(seed: 1)),
        loss: ConditionalFlowMatching(path: GaussianPath(schedule: .linear), data: Gaussian.standard(2)),
        stream: RandomStream(seed: 2))
    },
    Refusal("parameters for a network of") {
      _ = MultilayerPerceptron<Float>(Architecture(dimension: 2), parameters: [1, 2, 3])
    },
    Refusal("a network from 0 inputs") { _ = Architecture(dimension: 0) },
    Refusal("a network from 2 inputs over [64, 0]") { _ = Architecture(dimension: 2, hidden: [64, 0]) },
    Refusal("to 0 outputs") { _ = Architecture(dimension: 2, outputs: 0) },
    Refusal("more than can be kept") { _ = Architecture(dimension: 2, hidden: [.max, .max]) },
    Refusal("more than can be kept") { _ = Architecture(dimension: 2, labels: .max) },
    Refusal("must be finite") { _ = TimeFeatures(includesTime: true, frequencies: [.nan]) },
    Refusal("0 frequencies from 1.0 on") { _ = TimeFeatures.sinusoidal(0) },
    Refusal("3 frequencies of scale nan") {
      _ = TimeFeatures.fourier(3, scale: .nan, stream: RandomStream(seed: 1))
    },
    Refusal("parameters of a network must be finite") {
      _ = MultilayerPerceptron<Float>(Architecture(dimension: 1, hidden: []), parameters: [0, .nan, 0])
    },
    Refusal("label -1 for a network of 3 labels") {
      _ = LearningRefusals.labelled.outputs(Vector([0.1, 0.2]), at: 0.5, label: -1)
    },
    Refusal("label 0 for a network of 0 labels") { _ = LearningRefusals.plain.conditioned(on: 0) },
    Refusal("a guidance scale cannot be nan") {
      _ = LearningRefusals.labelled.guided(toward: 1, scale: .nan)
    },
    Refusal("label 5 for a network of 3 labels") {
      LearningRefusals.train(
        LearningRefusals.labelled, on: Dataset(Batch<Float>(count: 1, dimension: 2), labels: [5]))
    },
    Refusal("for a network of 3 labels, which are 0..<3") {
      LearningRefusals.train(LearningRefusals.labelled, on: GaussianMixture.eightGaussians())
    },
    Refusal("a point of dimension 1 for a network of dimension 2") {
      _ = LearningRefusals.plain.outputs(0.1, at: 0.5)
    },
    Refusal("a network with 1 outputs is no field") {
      _ = LearningRefusals.potential(Vector([0.1, 0.2]), at: 0.5)
    },
    Refusal("a network with 1 outputs is no field") {
      _ = LearningRefusals.potential.conditioned(on: nil)(Vector([0.1, 0.2]), at: 0.5)
    },
    Refusal("the gradient of a network with 2 outputs") { _ = LearningRefusals.plain.gradientField },
    Refusal("points of dimension 1 for a network of dimension 2") {
      _ = LearningRefusals.potential.gradientField.doubleEvaluator(count: 1, dimension: 1)
    },
    Refusal("points of dimension 3 for a network of dimension 2") {
      _ = simulate(
        ODE(LearningRefusals.plain), from: Batch<Float>(count: 2, dimension: 3), by: .euler,
        times: .uniform(steps: 1))
    },
    Refusal("a minibatch of 0 points") {
      _ = ImplicitScoreMatching(data: Gaussian.standard(2)).valueWithGradient(
        of: LearningRefusals.plain, count: 0, draws: TrainingDraws(stream: RandomStream(seed: 1), step: 0))
    },
    Refusal("step -1 of a training") { _ = TrainingDraws(stream: RandomStream(seed: 1), step: -1) },
    Refusal("a data set needs finite points") { _ = Dataset(Batch<Float>(count: 0, dimension: 2)) },
    Refusal("2 labels for 1 points") { _ = Dataset(Batch<Float>(count: 1, dimension: 2), labels: [0, 1]) },
    Refusal("a probability cannot be nan") { _ = Gaussian.standard(2).droppingLabels(probability: .nan) },
    Refusal("logit-normal times need") { _ = TimeSampling.logitNormal(deviation: -1) },
    Refusal("logit-normal times need") { _ = TimeSampling.logitNormal(mean: .nan) },
    Refusal("a flow of 0 steps") { _ = FlowLikelihood(data: Gaussian.standard(2), steps: 0) },
    Refusal("a momentum cannot be 1.0") { _ = GradientDescent(rate: 0.1, momentum: 1) },
    Refusal("Adam with beta1 = nan") { _ = Adam(beta1: .nan) },
    Refusal("weight decay inf") { _ = Adam(weightDecay: .infinity) },
    Refusal("a learning rate cannot be -0.1") { _ = LearningRate.constant(-0.1) },
    Refusal("a schedule of 0 steps") { _ = LearningRate.cosine(from: 0.1, steps: 0) },
    Refusal("a schedule of 0 steps") { _ = LearningRate.constant(0.1).warmingUp(steps: 0) },
    Refusal("a factor 0.0 every 5 steps") { _ = LearningRate.exponential(from: 0.1, factor: 0, every: 5) },
    Refusal("an average cannot decay by 1.0") {
      LearningRefusals.train(LearningRefusals.plain, on: Gaussian.standard(2), averaging: 1)
    },
    Refusal("gradients cannot be clipped to nan") {
      LearningRefusals.train(LearningRefusals.plain, on: Gaussian.standard(2), clipping: .nan)
    },
    Refusal("-1 steps, reported every 1") {
      LearningRefusals.train(LearningRefusals.plain, on: Gaussian.standard(2), steps: -1)
    },
    Refusal("reported every 0") {
      LearningRefusals.train(LearningRefusals.plain, on: Gaussian.standard(2), interval: 0)
    },
    Refusal("a training has at most") {
      LearningRefusals.train(LearningRefusals.plain, on: Gaussian.standard(2), steps: .max)
    },
    Refusal("3 elements in the shape [2]") { _ = Safetensors.Tensor(shape: [2], [1.0, 2, 3]) },
    Refusal("1 elements in the shape [-1, -1]") { _ = Safetensors.Tensor(shape: [-1, -1], [1.0]) },
  ]

  private static let plain = MultilayerPerceptron<Float>(
    Architecture(dimension: 2, hidden: [4]), stream: RandomStream(seed: 1))
  private static let labelled = MultilayerPerceptron<Float>(
    Architecture(dimension: 2, hidden: [4], labels: 3), stream: RandomStream(seed: 1))
  private static let potential = MultilayerPerceptron<Float>(
    Architecture(dimension: 2, hidden: [4], outputs: 1), stream: RandomStream(seed: 1))

  private static func train(
    _ network: MultilayerPerceptron<Float>, on data: some DataSource, averaging: Double? = nil,
    clipping: Double? = nil, steps: Int = 1, interval: Int = 1
  ) {
    var training = Training(
      network, loss: NoisePrediction(path: GaussianPath(schedule: .linear), data: data), averaging: averaging,
      clipping: clipping, stream: RandomStream(seed: 2))
    training.run(steps: 0)
    training.run(steps: 1, reportingEvery: interval)
    training.run(steps: steps, reportingEvery: interval)
  }
}
