/// What keeps a check from a verdict, worded for the reader of a page.
struct Obstacle: Error {
  let sentence: String
  init(_ sentence: String) { self.sentence = sentence }
}

/// Which side of an equation.
enum Hand: String { case left, right }
