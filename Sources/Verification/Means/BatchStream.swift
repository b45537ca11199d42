import Diffusion

/// How a check hands out random numbers to a recipe that draws many rows at once.
enum BatchStream {
  /// Rows of one call. Which numbers a row depends on does not depend on how many are wanted in all.
  static let rows = 1 << 12

  /// The stream of the batch `index` on the given line of draws: of a seed of its own, so that the recipe may
  /// use every path and step of it.
  static func stream(_ index: Int, of line: RandomStream) -> RandomStream {
    var hash = line.seed
    for word in [line.path, UInt64(line.step), UInt64(index)] {
      // Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014: its mixing function.
      hash = (hash ^ word) &+ 0x9e37_79b9_7f4a_7c15
      hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
      hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
      hash ^= hash >> 31
    }
    return RandomStream(seed: hash)
  }

  static let sentenceOfIgnoring =
    "a batch holds the same draws for every stream: draw from the stream that the recipe is given"

  /// Whether a recipe gave the same varying numbers for two streams.
  static func isIgnored(_ first: [Double], _ second: [Double]) -> Bool {
    first == second && first.contains { $0 != first[0] }
  }

  /// Refuses rows that depend on their neighbours, as the points of a trajectory do.
  ///
  /// The ranks of n independent rows have a serial correlation of standard deviation 1 / sqrt(n), whatever
  /// their law; seven of them are allowed, which chance exceeds once in 4e11. Dependence that is the same among
  /// all rows, as through one shift that they share, cannot be seen in a single batch.
  ///
  /// - Parameters:
  ///   - columns: The numbers of each row, column by column.
  ///   - place: Where the rows were drawn, with a blank before it.
  static func requireIndependence(_ columns: [[Double]], of name: String, place: String) throws {
    for column in columns where column.count >= 256 {
      let ranks = centredRanks(column)
      let square = ranks.reduce(0) { $0 + $1 * $1 }
      let product = zip(ranks, ranks.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
      guard product.magnitude > 7 * square / Double(ranks.count).squareRoot() else { continue }
      throw Obstacle(
        "\(name) draws rows that depend on each other\(place): neighbours correlate by "
          + "\(number(product / square, digits: 2)). Draws must be independent; the points of one trajectory are not"
      )
    }
  }

  /// Twice each number's rank among all, less the middle one; equal numbers share theirs.
  private static func centredRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = Array(repeating: 0.0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for i in first...last { ranks[order[i]] = Double(first + last - (order.count - 1)) }
      first = last + 1
    }
    return ranks
  }
}
