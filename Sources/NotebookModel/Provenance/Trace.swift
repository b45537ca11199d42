public import Digests
public import NotebookEvents

/// What a run put out, as a page carries it to be compared with another run: all of a record but the bytes of
/// pictures, of which there are digests, the numbers of figures, of which there are sketches, and times.
public struct Trace: Hashable, Sendable, Codable {
  public struct Cell: Hashable, Sendable, Codable {
    public enum State: Hashable, Sendable, Codable {
      case notRun, ended, open
      case failedAsExpected(Event.Failure)
      case failed(Event.Failure)
    }
    public var state: State
    public var outputs: [Output]
    public var diagnostics: [Diagnostic]
    public var times: Times?
  }

  /// What `--timings` shows.
  public struct Times: Hashable, Sendable, Codable {
    public var compileSeconds: Double
    public var seconds: Double
    public var peakBytes: Int
  }

  public enum Output: Hashable, Sendable, Codable {
    case text(head: String, omittedBytes: Int, tail: String)
    case value(String)
    case inlineValue(position: Int, text: String)
    case figure(Figure)
    case table(Event.Table)
    case check(Event.Check)
    case warning(String)
  }

  public struct Figure: Hashable, Sendable, Codable {
    public var format: Event.Figure.Format
    public var width: Int
    public var height: Int
    /// SHA-256 of the pictures; empty where there is none.
    public var light: String
    public var dark: String
    public var poster: String
    public var alternativeText: String
    public var data: TableSketch
  }

  public var cells: [Cell]
  /// Of the whole run, where times are shown.
  public var seconds: Double?

  /// - Parameter hasTimes: whether the page shows times.
  public init(_ record: RunRecord, hasTimes: Bool = false) {
    cells = record.cells.map { Cell($0, hasTimes: hasTimes) }
    seconds = hasTimes ? record.seconds : nil
  }

  /// The digests of all pictures.
  public var pictures: Set<String> {
    var digests: Set<String> = []
    for case .figure(let figure) in cells.flatMap(\.outputs) {
      digests.formUnion([figure.light, figure.dark, figure.poster].filter { !$0.isEmpty })
    }
    return digests
  }
}

extension Trace.Cell {
  init(_ record: CellRecord, hasTimes: Bool) {
    state =
      switch record.state {
      case .notRun: .notRun
      case .ended: .ended
      case .open: .open
      case .failedAsExpected(let failure): .failedAsExpected(failure)
      case .failed(let failure): .failed(failure)
      }
    outputs = record.outputs.map { Trace.Output($0, hasTimes: hasTimes) }
    // Where the notebook lay is no part of what it put out.
    diagnostics = record.diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.file = ""
      return diagnostic
    }
    times =
      hasTimes
      ? Trace.Times(
        compileSeconds: record.compileSeconds, seconds: record.seconds, peakBytes: record.peakBytes) : nil
  }
}

extension Trace.Output {
  init(_ output: Output, hasTimes: Bool) {
    switch output {
    case .text(let head, let omittedBytes, let tail):
      self = .text(head: head, omittedBytes: omittedBytes, tail: tail)
    case .value(let text): self = .value(text)
    case .inlineValue(let position, let text): self = .inlineValue(position: position, text: text)
    case .figure(let figure): self = .figure(Trace.Figure(figure))
    case .table(let table): self = .table(table)
    case .check(var check):
      if !hasTimes { check.seconds = 0 }
      self = .check(check)
    case .warning(let text): self = .warning(text)
    }
  }
}

extension Trace.Figure {
  init(_ figure: Event.Figure) {
    func digest(_ bytes: [UInt8]) -> String { bytes.isEmpty ? "" : SHA256.hexadecimal(of: bytes) }
    self.init(
      format: figure.format, width: figure.width, height: figure.height, light: digest(figure.light),
      dark: digest(figure.dark), poster: digest(figure.poster), alternativeText: figure.alternativeText,
      data: TableSketch(csv: figure.data))
  }
}

extension RunRecord {
  /// What a trace was made of, as far as a page shows it.
  ///
  /// - Parameter pictures: by their digests; one that is missing stays empty.
  public init(_ trace: Trace, seed: UInt64, parameters: [Parameter], pictures: [String: [UInt8]]) {
    self.init(
      cells: trace.cells.map { CellRecord($0, pictures) }, seed: seed, parameters: parameters,
      seconds: trace.seconds ?? 0)
  }
}

extension CellRecord {
  fileprivate init(_ cell: Trace.Cell, _ pictures: [String: [UInt8]]) {
    let state: State =
      switch cell.state {
      case .notRun: .notRun
      case .ended: .ended
      case .open: .open
      case .failedAsExpected(let failure): .failedAsExpected(failure)
      case .failed(let failure): .failed(failure)
      }
    self.init(
      state: state, outputs: cell.outputs.map { Output($0, pictures) }, diagnostics: cell.diagnostics,
      compileSeconds: cell.times?.compileSeconds ?? 0, seconds: cell.times?.seconds ?? 0,
      peakBytes: cell.times?.peakBytes ?? 0)
  }
}

extension Output {
  fileprivate init(_ output: Trace.Output, _ pictures: [String: [UInt8]]) {
    switch output {
    case .text(let head, let omittedBytes, let tail):
      self = .text(head: head, omittedBytes: omittedBytes, tail: tail)
    case .value(let text): self = .value(text)
    case .inlineValue(let position, let text): self = .inlineValue(position: position, text: text)
    case .figure(let figure):
      self = .figure(
        Event.Figure(
          format: figure.format, width: figure.width, height: figure.height,
          light: pictures[figure.light] ?? [], dark: pictures[figure.dark] ?? [],
          poster: pictures[figure.poster] ?? [], alternativeText: figure.alternativeText))
    case .table(let table): self = .table(table)
    case .check(let check): self = .check(check)
    case .warning(let text): self = .warning(text)
    }
  }
}
