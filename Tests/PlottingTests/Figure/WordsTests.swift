import Testing

@testable import Plotting

@Suite struct WordsTests {
  @Test func linesTellTheirCourse() {
    let figure = Figure("Decay").line([0, 1, 2, 3], [4, 2, 1, 0.5], "$e^{-t}$").x("$t$", in: 0...4).y("mass")
    #expect(
      figure.alternativeText == """
        A figure "Decay": horizontal axis t from 0 to 4, vertical axis mass from 0.343 to 4.16. \
        A line "e^{-t}" from (0, 4) to (3, 0.5), lowest at (3, 0.5), highest at (0, 4).
        """)
  }

  @Test func whatIsLeftOutIsSaid() {
    let figure = Figure().line([0, 1, 2], [1, .nan, 2]).scatter([1, .infinity], [1, 1])
    #expect(figure.alternativeText.contains("highest at (2, 2) (1 value not finite left out)"))
    #expect(
      figure.alternativeText.contains(
        "2 points with x constantly 1 and y constantly 1 (1 value not finite left out)"))
  }

  @Test func fieldsTellTheirExtrema() {
    let figure = Figure().heatmap(x: -1...1, y: 0...2, resolution: 21) { x, y in x - y }
    #expect(figure.alternativeText.contains("lowest −3 at (−1, 2), highest 1 at (1, 0)"))
  }

  @Test func cellsAreNamedByTheirMiddles() {
    let figure = Figure().heatmap([[1.0, 5], [2, 0]])
    #expect(figure.alternativeText.contains("lowest 0 at (1.5, 1.5), highest 5 at (1.5, 0.5)"))
  }

  @Test func ownWordsComeFirst() {
    #expect(Figure().line([1, 2], [1, 2]).describe("A diagonal.").alternativeText == "A diagonal.")
  }

  @Test func manyMarksAreCounted() {
    let figure = Figure().each(0..<100) { figure, k in figure.line([0, 1], [0, Double(k)], "series \(k)") }
    #expect(figure.alternativeText.hasSuffix("And 92 more marks."))
    #expect(figure.alternativeText.utf8.count < 2000)
  }

  @Test func gridsNameTheirPanels() {
    let figure = Figure.grid([Figure("a"), Figure("b")], title: "Both")
    let text = figure.alternativeText
    #expect(text.hasPrefix("A grid \"Both\" of 2 panels in 1 row of 2. Panel 1 \"a\":"))
    #expect(text.contains("Panel 2 \"b\":") && text.hasSuffix("It is empty."))
  }

  @Test(arguments: [
    (0.0, "0"), (-1.23456, "−1.23"), (1e-9, "1e-09"), (123456, "1.23e+05"), (.nan, "not a number"),
    (-.infinity, "minus infinity"),
  ])
  func numbersAreShort(value: Double, text: String) { #expect(spoken(value) == text) }
}

@Suite struct DataTests {
  @Test func columnsOfAllMarksAreJoined() {
    let figure = Figure().line([1], [2], "a").band([1], [0], [3], "b")
    #expect(figure.data.csv == "panel,mark,series,x,y,low,high\n1,line,a,1.0,2.0,,\n1,band,b,1.0,,0.0,3.0\n")
  }

  @Test func longTablesAreCutAndSaySo() {
    let figure = Figure().line([Double](repeating: 0, count: 10), "say \"ten\"")
    #expect(
      figure.data.csv(atMost: 2) == """
        panel,mark,series,x,y
        1,line,"say ""ten""\",0.0,0.0
        1,line,"say ""ten""\",1.0,0.0
        1,line,… 8 more rows,,

        """)
  }

  @Test func numbersReadBackExactly() {
    let values = [0.1, 1.0 / 3, 1e-300, -2.5e17, .leastNonzeroMagnitude]
    let rows = Figure().line(values).data.csv.split(separator: "\n").dropFirst()
    #expect(rows.map { Double($0.split(separator: ",").last!)! } == values)
  }

  @Test func floatsIntegersAndPointsAreColumns() {
    #expect(Figure().line([Float(0.5), 1], 0..<2).data.column("x") == [0.5, 1])
    let points = [SIMD2<Float>(1, 2), SIMD2(3, 4)]
    #expect(Figure().scatter(points).data.column("y") == [2, 4])
  }
}
