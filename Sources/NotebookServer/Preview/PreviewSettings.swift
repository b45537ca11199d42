public import Foundation
public import NotebookEngine
public import NotebookModel

/// What all previews of a server have in common.
public struct PreviewSettings: Sendable {
  public var toolchain: Toolchain
  public var build: KernelBuild
  /// Where compiled cells are kept.
  public var cellCache: URL
  /// Where formulas and highlighted code are kept.
  public var pageCache: URL
  /// `name=value`, over the front matter's.
  public var parameters: [String]
  /// How a notebook is to be run; snapshots are kept whatever this says.
  public var options: @Sendable (Notebook) -> Session.Options
  /// Told when a run has ended: the notebook, what its cells have put out, how many of them ran, for how
  /// long.
  public var didRun: @Sendable (Notebook, RunRecord, PreviewRun) -> Void
  /// Told what is wrong with a text, or with the machine.
  public var didFail: @Sendable ([Diagnostic]) -> Void

  public init(
    toolchain: Toolchain, build: KernelBuild, cellCache: URL, pageCache: URL, parameters: [String] = [],
    options: @escaping @Sendable (Notebook) -> Session.Options = { _ in Session.Options() },
    didRun: @escaping @Sendable (Notebook, RunRecord, PreviewRun) -> Void = { _, _, _ in },
    didFail: @escaping @Sendable ([Diagnostic]) -> Void = { _ in }
  ) {
    self.toolchain = toolchain
    self.build = build
    self.cellCache = cellCache
    self.pageCache = pageCache
    self.parameters = parameters
    self.options = options
    self.didRun = didRun
    self.didFail = didFail
  }
}

/// How a run of a preview went.
public struct PreviewRun: Hashable, Sendable {
  /// How many cells, inline expressions among them, were executed rather than kept.
  public var executed: Int
  public var seconds: Double
  public var snapshots: SnapshotUse
}
