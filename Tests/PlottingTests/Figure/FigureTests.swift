import Testing

@testable import Plotting

@Suite struct FigureTests {
  @Test func pngHasTwiceTheSizeInDots() throws {
    let figure = Figure("Title").line([0.0, 1, 2], [1.0, 0, 3]).size(300, 200)
    let png = try figure.render()
    #expect(Array(png.prefix(8)) == [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    func number(_ offset: Int) -> Int { png[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == 600 && number(20) == 400)
    #expect(figure.size == (300, 200))
  }

  @Test func renderingIsRepeatable() throws {
    let figure = Figure().scatter([0.0, 1, 2], [1.0, 0, 3], "$x_t$").x("$t$")
    #expect(try figure.render() == figure.render())
    #expect(try figure.render() != figure.render(theme: .dark))
  }

  @Test func logarithmicAxisRefusesZero() {
    let figure = Figure().line([1.0, 2, 3], [0.0, 1, 2], "loss").y(scale: .log)
    #expect(throws: PlottingError.notPositive(axis: "y", mark: "\"loss\"", count: 1, example: 0)) {
      try figure.render()
    }
  }

  @Test func dataAreTheNumbersDrawn() {
    let figure = Figure().line([0.1, 0.2], [1.0, -2], "a, b").vertical(0.15)
    #expect(
      figure.data.csv == """
        panel,mark,series,x,y
        1,line,"a, b",0.1,1.0
        1,line,"a, b",0.2,-2.0
        1,vertical,,0.15,

        """)
    #expect(figure.data.column("y", of: "a, b") == [1, -2])
  }
}
