import NotebookEvents
import NotebookModel

/// Which cells of a text are which ones of the text before.
struct CellMatch {
  struct Pair: Hashable {
    var old: Int
    var new: Int
    /// Whether the code is the same; otherwise the cell stands where the old one stood.
    var isSame: Bool
  }

  private(set) var pairs: [Pair] = []

  /// Equal cells at both ends, then equal ones between, then the others by their order.
  init(_ old: [Cell], _ new: [Cell]) {
    let shorter = min(old.count, new.count)
    let front = (0..<shorter).first { !old[$0].runsLike(new[$0]) } ?? shorter
    let back =
      (0..<(shorter - front)).first { !old[old.count - 1 - $0].runsLike(new[new.count - 1 - $0]) }
      ?? shorter - front
    pairs = (0..<front).map { Pair(old: $0, new: $0, isSame: true) }
    var restOfOld = Array(front..<(old.count - back))
    var restOfNew: [Int] = []
    for index in front..<(new.count - back) {
      if let place = restOfOld.firstIndex(where: { old[$0].runsLike(new[index]) }) {
        pairs.append(Pair(old: restOfOld[place], new: index, isSame: true))
        restOfOld.remove(at: place)
      } else {
        restOfNew.append(index)
      }
    }
    for kind in [Cell.Kind.fenced, .inline] {
      let olds = restOfOld.filter { old[$0].kind == kind }
      let news = restOfNew.filter { new[$0].kind == kind }
      pairs += zip(olds, news).map { Pair(old: $0, new: $1, isSame: false) }
    }
    pairs += (0..<back).map { Pair(old: old.count - 1 - $0, new: new.count - 1 - $0, isSame: true) }
  }
}

extension Cell {
  /// Whether two cells are the same code; captions and other options aside.
  func runsLike(_ other: Cell) -> Bool {
    kind == other.kind && (code == other.code || body.elementsEqual(other.body))
      && options.expectsError == other.options.expectsError
      && options.isEvaluated == other.options.isEvaluated
  }

  private var body: some Sequence<Substring> {
    code.split(separator: "\n", omittingEmptySubsequences: false).drop { $0.hasPrefix("//|") }
  }

  /// What a run of another text says for this one: for inline expressions, the values of those that are
  /// the same.
  func adapted(_ record: CellRecord, from old: Cell) -> CellRecord {
    guard kind == .inline else { return record }
    let expressions = old.code.split(separator: "\n", omittingEmptySubsequences: false)
    var record = record
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    record.outputs = lines.enumerated().flatMap { position, line in
      record.outputs.compactMap { output -> Output? in
        guard case .inlineValue(let earlier, let text) = output, earlier < expressions.count,
          expressions[earlier] == line
        else { return nil }
        return .inlineValue(position: position, text: text)
      }.prefix(1)
    }
    return record
  }
}
