import NotebookModel
import Testing

@Suite struct FrontMatterTests {
  private let text = """
    ---
    title: "The score: a first look"
    author:
      - A. Author
      - name: B. Author
    date: 2026-03-07
    lang: de
    description: >
      Two lines
      that are one.
    seed: 18446744073709551615
    params:
      particles: 20_000
      noise: 5e-1
      plot: true
      name: "12"
      path: linear
    ---
    Prose.
    """

  @Test func readsWhatItSays() throws {
    let matter = try notebook(text).frontMatter
    #expect(matter.title == "The score: a first look")
    #expect(matter.authors == ["A. Author", "B. Author"])
    #expect(matter.date == "2026-03-07")
    #expect(matter.language == "de")
    #expect(
      matter.description == "Two lines that are one.\n" || matter.description == "Two lines that are one.")
    #expect(matter.seed == .max)
    #expect(matter.parameters.map(\.name) == ["particles", "noise", "plot", "name", "path"])
    #expect(
      matter.parameters.map(\.value)
        == [.integer(20000), .number(0.5), .boolean(true), .text("12"), .text("linear")])
    #expect(matter.parameters[0].position == Position(line: 13, column: 3))
    #expect(try notebook(text).prose.map(\.position.line) == [19])
  }

  @Test func assignmentsKeepTheType() throws {
    let matter = try notebook(text).frontMatter
    let values = try matter.parameters(overriddenBy: [
      "noise=2", "particles=7", "particles=8", "plot=false", "name=3", "path=a=b",
    ]).map(\.value)
    #expect(values == [.integer(8), .number(2), .boolean(false), .text("3"), .text("a=b")])
  }

  @Test(arguments: [
    ("particles=1.5", "-P `particles` is a whole number, not `1.5`; its default is `20000`"),
    ("noise=much", "-P `noise` is a number, not `much`; its default is `0.5`"),
    ("plot=1", "-P `plot` is `true` or `false`, not `1`; its default is `true`"),
    ("nosie=1", "-P `nosie` is no parameter of this notebook; did you mean `noise`?"),
    ("particles", "-P `particles` has no value; write `-P name=value`"),
  ])
  func assignmentsThatDoNotFit(_ assignment: String, _ message: String) throws {
    let matter = try notebook(text).frontMatter
    #expect { try matter.parameters(overriddenBy: [assignment]) } throws: { "\($0)" == message }
  }

  @Test(arguments: ["---\n---\nText", "---\n# nothing\n---\nText", "Text\n\n---\nnot: front matter\n---"])
  func mayBeEmptyOrAbsent(_ text: String) throws {
    #expect(try notebook(text).frontMatter == FrontMatter())
  }
}
