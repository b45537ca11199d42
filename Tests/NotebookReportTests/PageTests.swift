import Foundation
import NotebookEvents
import NotebookModel
import NotebookReport
import Testing

@Suite struct PageTests {
  @Test func samplePageHoldsWhatTheRunProduced() throws {
    let html = try Sample.page()
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(html.contains("<title>The score of a Gaussian path and Tweedie's formula</title>"))
    #expect(html.contains("<span class=\"value\">2.42</span>"))
    #expect(html.contains("neither $5 nor $6"))
  }
}
