import Foundation
import NotebookEngine
import NotebookEvents
import NotebookModel

/// What happens, as one JSON object a line: `{"cell":3,"event":"check","label":"eq-tweedie",...}`.
///
/// Cells count from 0 and lines are the notebook's. Pictures are told of, not contained.
struct JSONLines: RunObserver {
  let notebook: Notebook

  init(_ notebook: Notebook) { self.notebook = notebook }

  func observe(_ event: RunEvent) {
    switch event {
    case .preparing(let message): JSONLines.write(["event": "preparing", "message": message])
    case .planned(let cells): JSONLines.write(["event": "planned", "file": notebook.path, "cells": cells])
    case .compiling(let cell): JSONLines.write(["event": "compiling", "cell": cell])
    case .started(let cell):
      JSONLines.write(["event": "started", "cell": cell, "line": notebook.cells[cell].start.line])
    case .progress(let cell, let progress):
      var object: [String: Any] = ["event": "progress", "cell": cell, "message": progress.message]
      if progress.fraction.isFinite { object["fraction"] = progress.fraction }
      JSONLines.write(object)
    case .output(let cell, let output):
      JSONLines.write(fields(of: output, cell).merging(["cell": cell]) { $1 })
    case .ended(let cell, let record): JSONLines.write(fields(of: record, cell))
    }
  }

  func finish() {}

  static func write(_ result: BatchResult, _ files: OutputFiles?) {
    var object: [String: Any] = [
      "event": "finished", "file": result.path, "status": Int(result.status.rawValue),
      "seconds": result.seconds,
      "cells": result.cells, "ran": result.cellsRun,
      "diagnostics": result.diagnostics.map { diagnostic -> [String: Any] in
        var fields: [String: Any] = [
          "severity": diagnostic.severity.rawValue, "message": diagnostic.message, "hint": diagnostic.hint,
        ]
        fields["line"] = diagnostic.position?.line
        fields["column"] = diagnostic.position?.column
        return fields
      },
      "equations": (result.coverage?.entries ?? []).map { entry -> [String: Any] in
        [
          "label": entry.equation.name, "number": entry.equation.number, "line": entry.equation.position.line,
          "standing": entry.standing.word,
        ]
      },
    ]
    if let files {
      object["files"] = files.all.map(\.relativePath)
      if files.formats.contains(.html) { object["page"] = files.url(.html).relativePath }
    }
    write(object)
  }

  private func fields(of output: Output, _ cell: Int) -> [String: Any] {
    switch output {
    case .text(let head, let omitted, let tail):
      return ["event": "text", "text": head + tail, "omittedBytes": omitted]
    case .value(let text): return ["event": "value", "text": text]
    case .inlineValue(let position, let text):
      return ["event": "inlineValue", "position": position, "text": text]
    case .figure(let figure):
      return [
        "event": "figure", "width": figure.width, "height": figure.height,
        "mediaType": figure.format.mediaType, "bytes": figure.light.count,
        "alternativeText": figure.alternativeText,
      ]
    case .table(let table):
      return [
        "event": "table", "caption": table.caption, "columns": table.columns.map(\.title), "rows": table.rows,
      ]
    case .warning(let text): return ["event": "warning", "text": text]
    case .check(let check):
      var object: [String: Any] = [
        "event": "check", "label": check.label, "name": check.name, "kind": check.kind,
        "verdict": "\(check.verdict)",
        "expectsRefutation": check.expectsRefutation, "sentence": check.sentence,
        "diagnosis": check.diagnosis,
        "line": notebook.cells[cell].position(line: check.line).line, "seconds": check.seconds,
        "facts": check.facts.map { ["name": $0.name, "value": $0.value] },
        "links": check.links.map { ["name": $0.name, "verdict": "\($0.verdict)", "sentence": $0.sentence] },
      ]
      if check.resolution.isFinite { object["resolution"] = check.resolution }
      return object
    }
  }

  private func fields(of record: CellRecord, _ cell: Int) -> [String: Any] {
    var object: [String: Any] = [
      "event": "ended", "cell": cell, "seconds": record.seconds, "compileSeconds": record.compileSeconds,
      "peakBytes": record.peakBytes,
    ]
    switch record.state {
    case .notRun: object["state"] = "notRun"
    case .open: object["state"] = "open"
    case .ended: object["state"] = "ended"
    case .failedAsExpected(let failure), .failed(let failure):
      object["state"] = record.failure == nil ? "failedAsExpected" : "failed"
      object["kind"] = "\(failure.kind)"
      object["message"] = failure.message
      object["line"] = notebook.cells[cell].position(line: failure.line).line
    }
    return object
  }

  private static func write(_ object: [String: Any]) {
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return }
    Terminal.say(String(decoding: data, as: UTF8.self))
  }
}
