import Testing

@testable import NotebookModel

@Suite struct NumberedTextTests {
  private func agree(_ old: String, _ new: String, _ tolerance: Tolerance) -> Bool {
    NumberedText(old).agrees(with: NumberedText(new), tolerance)
  }

  @Test func numbersAreFoundBetweenWords() {
    let text = NumberedText("x1 = -2.50 ± 0.1, n=20000, 3e-16; eq-2, 1.2.3")
    #expect(text.numbers.map(\.value) == [-2.5, 20000, 3e-16, 2, 1.2, 3])
    #expect(text.numbers.map(\.error) == [0.1, nil, nil, nil, nil, nil])
    #expect(text.numbers.map(\.unit) == [0.01, 0, 1e-16, 0, 0.1, 0])
    #expect(text.words.first == "x1 = " && text.words.last == "")
  }

  @Test(arguments: ["", "±", "± 3", "1 ±", "1e", "-", "1.", ".5", "é1", "1±2", "9999999999999999999999e999"])
  func oddTextsAreEqualToThemselves(_ text: String) {
    let numbered = NumberedText(text)
    #expect(numbered.words.count == numbered.numbers.count + 1)
    #expect(agree(text, text, .exact))
  }

  /// Two means of n draws: their difference has the deviation sqrt(e² + f²), and five of them are allowed.
  @Test(arguments: [
    ("0.500 ± 0.01", "0.510 ± 0.01", true), ("0.500 ± 0.01", "0.560 ± 0.01", true),
    ("0.500 ± 0.01", "0.600 ± 0.01", false), ("0.5 ± 0.01", "0.5 ± 0.2", false),
    ("0.50 ± 0.01", "0.50", false), ("mean 0.5±0.01 of 3", "mean 0.51±0.009 of 3", true),
    ("mean 0.5 ± 0.01 of 3", "mean 0.51 ± 0.01 of 4", false), ("0.5 ± 0.01 a", "0.51 ± 0.01 b", false),
    ("0.500 ± 0.01", "0.640 ± 0.09", false),
  ])
  func valuesAgreeWithinTheirStatedErrors(old: String, new: String, agrees: Bool) {
    #expect(agree(old, new, .statedErrors) == agrees)
    #expect(agree(old, new, .otherVersions) == agrees)
    #expect(!agree(old, new, .exact))
  }

  @Test(arguments: [
    ("0.333333", "0.333334", true), ("0.333333", "0.333335", false), ("1.25e-9", "1.26e-9", true),
    ("0.30000000000000004", "0.3000000000000001", true), ("3", "4", false), ("2.0", "3.0", false),
    ("loss 0.12 at 10", "loss 0.13 at 10", true), ("1.0", "1", false), ("-0.1", "0.1", false),
  ])
  func otherVersionsMayRoundOtherwise(old: String, new: String, agrees: Bool) {
    #expect(agree(old, new, .otherVersions) == agrees)
    #expect(!agree(old, new, .statedErrors), "without a stated error the same versions print the same")
  }
}
