import Testing

/// Expects that a process that stopped said so with these words.
func expectMessage(
  _ words: String, of result: ExitTest.Result?, sourceLocation: SourceLocation = #_sourceLocation
) {
  let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(said.contains(words), "it said: \(said)", sourceLocation: sourceLocation)
}
