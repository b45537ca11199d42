import Foundation
import NotebookEngine
import NotebookModel
import NotebookReport

/// One notebook that is written and looked at: follows its file, runs what changed, keeps its page.
///
/// Two threads. The page's reads the file and writes the page; it has a deep stack, which KaTeX wants.
/// The run's has the session, whose kernel lives as long as the thread. What they share is under one lock.
final class Preview: @unchecked Sendable {
  let path: String
  let broadcast = Broadcast()
  private let settings: PreviewSettings
  /// The memory in bytes that the snapshots of this notebook may take.
  private let snapshotMemory: @Sendable () -> Int
  private let condition = NSCondition()
  private let ended = DispatchGroup()

  // Under the condition's lock:
  private var edition: Edition?
  private var live = LiveCells()
  private var problems: [Diagnostic] = []
  private var snapshots = SnapshotUse(count: 0, bytes: 0)
  private var isRunning = false
  private var reins: SessionReins?
  private var toldProgress = ContinuousClock.now
  private var mail = Mail()

  private struct Mail {
    /// For the page's thread: the file may have changed; the page or the state has.
    var text = false
    var images = false
    var page = false
    /// For the run's thread: a text to run; begin anew.
    var run = false
    var restart = false
    var close = false
  }

  // The page's thread's own:
  private var bytes: [UInt8]?
  private var missingSince: ContinuousClock.Instant?
  private var published = ContinuousClock.now

  /// How long pages follow one another while cells run, at least.
  private static let interval = Duration.milliseconds(60)
  /// How long a file may be away before that is news: some editors remove it and write it anew.
  private static let absence = Duration.milliseconds(300)

  init(path: String, settings: PreviewSettings, snapshotMemory: @escaping @Sendable () -> Int) {
    self.path = path
    self.settings = settings
    self.snapshotMemory = snapshotMemory
    mail.text = true
    start(stack: 16 << 20) { $0.followFile() }
    start(stack: 1 << 20) { $0.runEditions() }
  }

  private func start(stack: Int, _ body: @escaping @Sendable (Preview) -> Void) {
    ended.enter()
    let thread = Thread { [self] in
      body(self)
      ended.leave()
    }
    thread.stackSize = stack
    thread.start()
  }

  // MARK: From any thread

  /// The file may have changed.
  func look() { post { $0.text = true } }

  /// Another file of the folder has; it may be an image that the text shows.
  func look(at other: String) {
    condition.withLock {
      guard edition?.notebook.source.contains(other) == true else { return }
      mail.text = true
      mail.images = true
      condition.broadcast()
    }
  }

  func obey(_ command: TabCommand) {
    switch command {
    case .stop: condition.withLock { reins }?.stop()
    case .run: post { $0.run = true }
    case .restart:
      post {
        $0.restart = true
        $0.run = true
      }
      condition.withLock { reins }?.stop()
    }
  }

  /// Ends kernel, snapshots and threads; waits for that.
  func close() {
    post { $0.close = true }
    condition.withLock { reins }?.stop()
    ended.wait()
    broadcast.close()
  }

  private func post(_ change: (inout Mail) -> Void) {
    condition.withLock {
      change(&mail)
      condition.broadcast()
    }
  }

  // MARK: The page's thread

  private func followFile() {
    condition.lock()
    while !mail.close {
      if mail.text {
        if mail.images { bytes = nil }
        mail.text = false
        mail.images = false
        condition.unlock()
        read()
        condition.lock()
      } else if mail.page, let due = duePage(), due > .now {
        _ = condition.wait(until: Date(timeIntervalSinceNow: (due - .now) / .seconds(1)))
      } else if mail.page {
        mail.page = false
        condition.unlock()
        publishPage()
        condition.lock()
      } else if let missingSince {
        let left = (missingSince + Self.absence - .now) / .seconds(1)
        if left <= 0 {
          mail.text = true
        } else {
          _ = condition.wait(until: Date(timeIntervalSinceNow: left))
        }
      } else {
        condition.wait()
      }
    }
    condition.unlock()
  }

  /// While cells run, pages keep a distance.
  private func duePage() -> ContinuousClock.Instant? { isRunning ? published + Self.interval : nil }

  private func read() {
    let bytes: [UInt8]
    do throws(NotebookErrors) {
      bytes = try Notebook.bytes(ofFile: path)
    } catch {
      if missingSince == nil { missingSince = .now }
      if ContinuousClock.now - missingSince! >= Self.absence {
        missingSince = nil
        self.bytes = nil
        complain(error.diagnostics)
      }
      return
    }
    missingSince = nil
    if bytes == self.bytes {
      // Saved unchanged: what was stopped goes on.
      let isIncomplete = condition.withLock { edition != nil && !isRunning && !live.isComplete }
      if isIncomplete { post { $0.run = true } }
      return
    }
    self.bytes = bytes
    do {
      let notebook = try Notebook.parse(bytes: bytes, path: path)
      let parameters = try notebook.frontMatter.parameters(overriddenBy: settings.parameters)
      let report = try HTMLReport(
        notebook, cacheFolder: settings.pageCache.path, following: condition.withLock { edition?.report })
      adopt(notebook, parameters, report)
    } catch let errors as NotebookErrors {
      complain(errors.diagnostics)
    } catch {
      complain([Diagnostic(file: path, "\(error)")])
    }
  }

  /// The last good page stays.
  private func complain(_ diagnostics: [Diagnostic]) {
    condition.withLock { problems = diagnostics }
    settings.didFail(diagnostics)
    publishState()
    if condition.withLock({ edition == nil }) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let body = "<div class=\"page\">\n<header></header>\n<main id=\"page.text\"></main>\n</div>\n"
      broadcast.publish(Page(title: name, body: [body]), nil)
    }
  }

  private func adopt(_ notebook: Notebook, _ parameters: [Parameter], _ report: HTMLReport) {
    let warnings = notebook.warnings + report.warnings
    var options = settings.options(notebook)
    options.keepsSnapshots = true
    options.keepsGoing = false
    condition.lock()
    edition = Edition(
      number: (edition?.number ?? 0) + 1, notebook: notebook, parameters: parameters, options: options,
      report: report)
    problems = warnings
    live.adopt(notebook.cells)
    mail.run = true
    mail.page = true
    let reins = reins
    condition.broadcast()
    condition.unlock()
    // After the text is there: a run that begins now finds that it is outdated.
    reins?.giveWay(to: notebook, parameters: parameters)
    if !warnings.isEmpty { settings.didFail(warnings) }
  }

  private func publishPage() {
    published = .now
    guard let (edition, records) = condition.withLock({ edition.map { ($0, live.records) } }) else { return }
    let record = RunRecord(cells: records, seed: edition.options.seed, parameters: edition.parameters)
    let page = edition.report.page(for: record, options: ReportOptions(isUnderWay: true))
    broadcast.publish(page, state())
  }

  private func publishState() { broadcast.publish(nil, state()) }

  private func state() -> LiveState? {
    condition.withLock {
      LiveState(
        activity: isRunning || mail.run ? .running : .idle,
        cells: edition.map { live.statuses(in: $0.notebook) } ?? [],
        problems: problems.map { LiveState.Problem($0) }, snapshots: snapshots.count,
        snapshotBytes: snapshots.bytes)
    }
  }

  // MARK: The run's thread

  private func runEditions() {
    var session: Session?
    defer { session?.close() }
    while let (edition, isRestart) = nextRun() {
      do throws(EngineError) {
        if isRestart { session?.close() }
        if session == nil {
          session = try Session(
            toolchain: settings.toolchain, build: settings.build, cache: settings.cellCache)
        }
        condition.withLock { reins = session!.reins }
        try run(edition, session!)
      } catch {
        let problem = Diagnostic(file: path, error.message, hint: error.hint)
        settings.didFail([problem])
        condition.withLock {
          problems = [problem]
          live.endRun(isOutdated: false)
          isRunning = false
        }
        publishState()
      }
    }
  }

  /// Waits for a text to run; nil at the end.
  private func nextRun() -> (Edition, isRestart: Bool)? {
    condition.lock()
    defer { condition.unlock() }
    while !mail.close, !mail.run || edition == nil { condition.wait() }
    guard !mail.close, let edition else { return nil }
    let isRestart = mail.restart
    mail.run = false
    mail.restart = false
    isRunning = true
    if isRestart { live.restart() }
    live.beginRun()
    return (edition, isRestart)
  }

  private func run(_ edition: Edition, _ session: Session) throws(EngineError) {
    var options = edition.options
    options.limits.snapshotMemory = snapshotMemory()
    let executed = Counter()
    let start = ContinuousClock.now
    _ = try session.run(
      edition.notebook, parameters: edition.parameters, options: options,
      isOutdated: { [self] in condition.withLock { mail.run || mail.close } },
      observe: { [self] event in
        if case .started = event { executed.increase() }
        take(event)
      })
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let (isOutdated, records) = condition.withLock {
      isRunning = false
      live.endRun(isOutdated: mail.run)
      // Written at once now.
      mail.page = true
      condition.broadcast()
      return (mail.run, live.records)
    }
    if isOutdated { return }
    let use = session.snapshotUse
    condition.withLock { snapshots = use }
    publishState()
    settings.didRun(
      edition.notebook,
      RunRecord(cells: records, seed: options.seed, parameters: edition.parameters, seconds: seconds),
      PreviewRun(executed: executed.value, seconds: seconds, snapshots: use))
  }

  private func take(_ event: RunEvent) {
    let isNews = condition.withLock {
      let change = live.take(event)
      if change == .page {
        mail.page = true
        condition.broadcast()
      }
      guard change == .state else { return false }
      // A cell may tell of its progress a thousand times a second.
      guard case .progress = event else { return true }
      guard toldProgress + Self.interval < .now else { return false }
      toldProgress = .now
      return true
    }
    if isNews { publishState() }
  }
}

/// Counts in several threads.
private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0
  var value: Int { lock.withLock { count } }
  func increase() { lock.withLock { count += 1 } }
}
