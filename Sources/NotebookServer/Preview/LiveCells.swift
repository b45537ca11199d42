import NotebookEngine
import NotebookEvents
import NotebookModel
import NotebookReport

/// What is known of each cell while texts and runs follow one another.
///
/// A cell whose code has changed, or stands below a change, waits; until it has run again it shows what
/// it put out before. Below a cell that failed, what is shown is stale.
struct LiveCells {
  struct View {
    enum State: Equatable {
      case waiting, compiling
      case running(since: ContinuousClock.Instant)
      case done, failed, stale
    }
    var state = State.waiting
    var record = CellRecord()
    var progress: Event.Progress?
    /// Whether what it puts out already stands in its record.
    var hasBegun = false
  }

  private(set) var cells: [Cell] = []
  private(set) var views: [View] = []
  /// Where the cells of the text that is running stand in the newest one.
  private var route: [Int: Int] = [:]

  var records: [CellRecord] { views.map(\.record) }

  /// Whether every cell that is to run has run well.
  var isComplete: Bool { zip(cells, views).allSatisfy { !$0.options.isEvaluated || $1.state == .done } }

  /// How much of the page an event changes.
  enum Change: Comparable { case nothing, state, page }

  /// Takes a new text; a run of the one before may still be under way.
  mutating func adopt(_ new: [Cell]) {
    let match = CellMatch(cells, new)
    var views = new.map { _ in View() }
    var same = Array(repeating: false, count: new.count)
    for pair in match.pairs {
      var view = self.views[pair.old]
      same[pair.new] = pair.isSame
      view.record = new[pair.new].adapted(view.record, from: cells[pair.old])
      if !pair.isSame { view.record.diagnostics = [] }
      views[pair.new] = view
    }
    // Up to the first change nothing will run, or what runs goes on.
    var isUnchanged = true
    for (index, cell) in new.enumerated() where cell.options.isEvaluated {
      let old = match.pairs.first { $0.new == index }?.old
      if cell.kind == .fenced {
        let before = cells.prefix(old ?? 0).count { $0.kind == .fenced && $0.options.isEvaluated }
        let now = new.prefix(index).count { $0.kind == .fenced && $0.options.isEvaluated }
        isUnchanged = isUnchanged && same[index] && before == now
      }
      switch views[index].state {
      case .done where isUnchanged && same[index]: break
      case .running where isUnchanged && same[index]: break
      default: views[index].wait()
      }
    }
    let places = Dictionary(match.pairs.filter(\.isSame).map { ($0.old, $0.new) }) { first, _ in first }
    route = route.compactMapValues { places[$0] }
    cells = new
    self.views = views
  }

  /// A run of the newest text begins.
  mutating func beginRun() {
    route = Dictionary(uniqueKeysWithValues: cells.indices.map { ($0, $0) })
    for index in views.indices where views[index].state != .done { views[index].wait() }
  }

  /// Forgets what ran; what is shown remains until it has run again.
  mutating func restart() {
    for index in views.indices { views[index].wait() }
  }

  mutating func take(_ event: RunEvent) -> Change {
    switch event {
    case .preparing, .planned: return .nothing
    case .compiling(let cell):
      guard let index = route[cell], views[index].state == .waiting else { return .nothing }
      views[index].state = .compiling
      return .state
    case .started(let cell):
      guard let index = route[cell] else { return .nothing }
      views[index].state = .running(since: .now)
      views[index].progress = nil
      views[index].hasBegun = false
      return .state
    case .progress(let cell, let progress):
      guard let index = route[cell] else { return .nothing }
      views[index].progress = progress
      return .state
    case .output(let cell, let output):
      guard let index = route[cell] else { return .nothing }
      if !views[index].hasBegun {
        views[index].hasBegun = true
        views[index].record = CellRecord(state: .ended)
      }
      views[index].record.outputs.append(output)
      return .page
    case .ended(let cell, let record):
      guard let index = route[cell] else { return .nothing }
      let isNew = !views[index].record.looks(like: record)
      let state: View.State = record.failure == nil ? .done : .failed
      defer {
        views[index].state = state
        views[index].record = record
        views[index].progress = nil
      }
      return isNew ? .page : views[index].state == state ? .nothing : .state
    }
  }

  /// A run ends.
  ///
  /// - Parameter isOutdated: whether another one follows at once.
  mutating func endRun(isOutdated: Bool) {
    route = [:]
    for index in views.indices {
      switch views[index].state {
      case .done, .failed: break
      case .waiting, .compiling, .running, .stale: views[index].state = isOutdated ? .waiting : .stale
      }
    }
  }

  /// For tabs.
  func statuses(in notebook: Notebook) -> [LiveState.Cell] {
    var ordinal = 0
    return zip(cells, views).compactMap { cell, view in
      if cell.kind == .fenced { ordinal += 1 }
      guard cell.options.isEvaluated else { return nil }
      var status = LiveState.Cell(
        anchor: HTMLReport.anchor(ofCell: cell.index, in: notebook),
        name: cell.kind == .fenced ? "Cell \(ordinal)" : "Values in the text", line: cell.start.line,
        state: view.state.word)
      switch view.state {
      case .running(let since): status.seconds = (ContinuousClock.now - since) / .seconds(1)
      case .done, .failed: status.seconds = view.record.seconds
      case .waiting, .compiling, .stale: break
      }
      if let progress = view.progress {
        status.fraction = progress.fraction.isFinite ? min(max(progress.fraction, 0), 1) : nil
        status.message = progress.message.isEmpty ? nil : progress.message
      }
      return status
    }
  }
}

extension LiveCells.View {
  fileprivate mutating func wait() {
    state = .waiting
    progress = nil
    // An error of an earlier run is no news of this one.
    if record.failure != nil {
      record.state = .ended
      record.diagnostics = []
    }
  }
}

extension LiveCells.View.State {
  fileprivate var word: LiveState.Cell.State {
    switch self {
    case .waiting: .waiting
    case .compiling: .compiling
    case .running: .running
    case .done: .done
    case .failed: .failed
    case .stale: .stale
    }
  }
}

extension CellRecord {
  /// Whether a page shows the same for both.
  fileprivate func looks(like other: CellRecord) -> Bool {
    state == other.state && diagnostics == other.diagnostics && outputs == other.outputs
  }
}
