extension Event {
  /// The verdict of one numerical check, with its evidence in words.
  public struct Check: Hashable, Sendable, Codable {
    public enum Verdict: UInt8, Hashable, Sendable, Codable { case verified, refuted, inconclusive }

    /// One `=` of a derivation of several lines.
    public struct Link: Hashable, Sendable, Codable {
      /// The right side of this `=`, as its author named it: TeX without dollar signs, or words.
      public var name: String
      public var verdict: Verdict
      public var sentence: String
      public init(name: String, verdict: Verdict, sentence: String) {
        self.name = name
        self.verdict = verdict
        self.sentence = sentence
      }
    }

    /// A named fact: ("worst point", "t = 0.95, x = -1.2").
    public struct Fact: Hashable, Sendable, Codable {
      public var name: String
      public var value: String
      public init(name: String, value: String) {
        self.name = name
        self.value = value
      }
    }

    /// The equation's label, `eq-tweedie`; another name for a check of no displayed equation.
    public var label: String
    /// Which of several checks of the equation it is, "linear schedule"; empty where its author gave no name.
    public var name: String
    /// What was claimed: "identity", "equality of laws", "order of convergence", ...
    public var kind: String
    public var verdict: Verdict
    /// Whether the author expects a refutation: a known erratum.
    public var expectsRefutation: Bool
    /// The verdict and its reason in one sentence.
    public var sentence: String
    public var diagnosis: String
    /// Smallest relative deviation that the check would have caught; NaN where it has none.
    public var resolution: Double
    public var facts: [Fact]
    public var links: [Link]
    /// The line of a derivation above its first `=`, as its author named it.
    public var firstLine: String
    /// Where the check was called, in the cell's own lines and columns (from 1).
    public var line: Int
    public var column: Int
    public var seconds: Double

    public init(
      label: String, name: String = "", kind: String, verdict: Verdict, expectsRefutation: Bool = false,
      sentence: String, diagnosis: String = "", resolution: Double = .nan, facts: [Fact] = [],
      links: [Link] = [], firstLine: String = "", line: Int = 0, column: Int = 0, seconds: Double = 0
    ) {
      self.label = label
      self.name = name
      self.kind = kind
      self.verdict = verdict
      self.expectsRefutation = expectsRefutation
      self.sentence = sentence
      self.diagnosis = diagnosis
      self.resolution = resolution
      self.facts = facts
      self.links = links
      self.firstLine = firstLine
      self.line = line
      self.column = column
      self.seconds = seconds
    }

    /// Whether the verdict is the one that its author expects.
    public var isAsExpected: Bool { verdict == (expectsRefutation ? .refuted : .verified) }
    /// Whether the verdict contradicts the author's claim: a refutation, or an erratum that holds.
    public var contradictsClaim: Bool { verdict == (expectsRefutation ? .verified : .refuted) }
  }
}
