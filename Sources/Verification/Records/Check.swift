/// The verdict of one check, with its evidence in words and in numbers.
public struct Check: Hashable, Sendable {
  /// A named fact of the evidence: ("worst point", "t = 0.95, x = -1.2").
  public struct Fact: Hashable, Sendable {
    public let name: String
    public let value: String
  }

  /// One `=` of a derivation of several lines.
  public struct Link: Hashable, Sendable {
    /// The right side of this `=`, as its author named it.
    public let name: String
    public let verdict: Verdict
    public let sentence: String
  }

  /// The error at one step size, for a log-log plot.
  public struct Convergence: Hashable, Sendable {
    public let step: Double
    public let error: Double
    /// What the error may owe to rounding or to chance.
    public let noise: Double
  }

  /// A part of the domain: the points whose coordinate lies in an interval.
  public struct Part: Hashable, Sendable {
    public let coordinate: String
    public let range: ClosedRange<Double>
  }

  /// Where the sides differ most, in numbers.
  public struct Evidence: Hashable, Sendable {
    /// The coordinates' names and values.
    public let coordinates: [String]
    public let point: [Double]
    /// Which entry of a vector or matrix, from 0; 0 for a scalar.
    public let component: Int
    public let left: Double
    public let right: Double
    /// Largest |left - right| that the known errors explain.
    public let allowance: Double
  }

  /// The equation's label, `eq-tweedie`, or another name.
  public let label: String
  /// Which of several checks of the equation it is: "linear schedule". Empty where its author gave no name.
  public let name: String
  /// What was claimed: "identity", "equality of laws", "order of convergence", ...
  public internal(set) var kind: String
  public internal(set) var verdict: Verdict
  /// Whether the author expects a refutation: a known erratum.
  public internal(set) var expectsRefutation = false
  /// The verdict's reason in one sentence.
  public internal(set) var sentence: String
  /// For a refutation, how the sides are related instead; empty where nothing simple fits.
  public internal(set) var diagnosis = ""
  /// Smallest relative deviation that the check would have caught; NaN where it has none.
  public internal(set) var resolution = Double.nan
  /// The part of the domain in which the resolution is worst, and holds; nil for the whole domain.
  public internal(set) var resolutionPart: Part?
  public internal(set) var facts: [Fact] = []
  public internal(set) var links: [Link] = []
  /// The first line of a derivation, as its author named it; empty for other checks.
  public internal(set) var firstLine = ""
  public internal(set) var evidence: Evidence?
  /// The errors behind an order of convergence, from the largest step.
  public internal(set) var convergence: [Convergence] = []
  /// The place of the call.
  public internal(set) var place: Place
  /// Time spent. It is not evidence, and the only part that changes between runs.
  public internal(set) var seconds = 0.0

  /// The place of a call in a source file, from 1.
  public struct Place: Hashable, Sendable {
    public let file: String
    public let line: Int
    public let column: Int

    public init(file: String, line: Int, column: Int) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  public var line: Int { place.line }
  public var column: Int { place.column }

  /// Whether the verdict is the one that its author expects.
  public var isAsExpected: Bool { verdict == (expectsRefutation ? .refuted : .verified) }

  init(_ heading: Heading, kind: String, verdict: Verdict, sentence: String) {
    label = heading.label
    name = heading.name
    self.kind = kind
    self.verdict = verdict
    self.sentence = sentence
    place = heading.place
  }

  mutating func note(_ name: String, _ value: String) { facts.append(Fact(name: name, value: value)) }
}

extension Check: CustomStringConvertible {
  /// One line for a terminal; two where there is a diagnosis.
  public var description: String {
    let expected =
      expectsRefutation ? verdict == .refuted ? ", as expected" : ", but a refutation was expected" : ""
    let title = name.isEmpty ? label : "\(label) (\(name))"
    let head = "\(title): \(verdict.rawValue)\(expected): \(sentence)"
    return diagnosis.isEmpty ? head : "\(head)\n  \(diagnosis)"
  }
}
