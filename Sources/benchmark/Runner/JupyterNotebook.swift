import Foundation

/// Notebooks for nbconvert.
enum JupyterNotebook {
  /// The Python source, split at its `# %%` lines, in nbformat 4.
  static func json(of python: [UInt8]) throws(MeasuringError) -> String {
    let source = String(decoding: python, as: UTF8.self)
    let cells = source.split(separator: "# %%").map { part -> [String: Any] in
      let lines = part.split(separator: "\n", omittingEmptySubsequences: false)
      let body = lines.dropFirst().joined(separator: "\n").trimmingCharacters(in: .newlines)
      if lines[0].contains("[markdown]") {
        return [
          "cell_type": "markdown", "id": "text", "metadata": [:] as [String: Any],
          "source": body.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n"),
        ]
      }
      return [
        "cell_type": "code", "id": "cell\(part.utf8.count)", "metadata": [:] as [String: Any], "source": body,
        "outputs": [Any](), "execution_count": NSNull(),
      ]
    }
    let notebook: [String: Any] = [
      "nbformat": 4, "nbformat_minor": 5, "cells": cells,
      "metadata": ["kernelspec": ["name": "python3", "display_name": "Python 3"]],
    ]
    guard let data = try? JSONSerialization.data(withJSONObject: notebook) else {
      throw MeasuringError("the Jupyter notebook cannot be put into JSON")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
