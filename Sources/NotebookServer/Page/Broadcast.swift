import Foundation
import NotebookReport
import Synchronization

/// The newest page and state of one address, and the tabs that follow it.
///
/// Tabs pull: each is told that there is something new and fetches the newest when it is ready for it.
/// A slow tab misses what lay between, and neither keeps others waiting nor piles up messages.
final class Broadcast: Sendable {
  private struct State {
    var numbers = PieceNumbers()
    var page: PublishedPage?
    var live: LiveState?
    var feeds: [ObjectIdentifier: Feed] = [:]
    var waiting: [CheckedContinuation<PublishedPage?, Never>] = []
    var isClosed = false
  }

  private let state = Mutex(State())

  /// - Parameter page: nil where only the state has changed.
  func publish(_ page: Page?, _ live: LiveState?) {
    let (feeds, waiting, published) = state.withLock { state in
      if let page { state.page = state.numbers.publish(page) }
      if let live { state.live = live }
      let waiting = state.page == nil ? [] : state.waiting
      if state.page != nil { state.waiting = [] }
      return (Array(state.feeds.values), waiting, state.page)
    }
    for continuation in waiting { continuation.resume(returning: published) }
    for feed in feeds { feed.note() }
  }

  /// The newest page; waits for the first one. Nil when the server ends.
  func page() async -> PublishedPage? {
    await withCheckedContinuation { continuation in
      let known: PublishedPage?? = state.withLock { state in
        if state.page != nil || state.isClosed { return .some(state.page) }
        state.waiting.append(continuation)
        return nil
      }
      if let known { continuation.resume(returning: known) }
    }
  }

  /// What a new tab reads.
  func open() -> Feed {
    let feed = Feed(self)
    let isClosed = state.withLock { state in
      state.feeds[ObjectIdentifier(feed)] = feed
      return state.isClosed
    }
    if isClosed { feed.finish() }
    return feed
  }

  func leave(_ feed: Feed) { state.withLock { _ = $0.feeds.removeValue(forKey: ObjectIdentifier(feed)) } }

  var tabs: Int { state.withLock { $0.feeds.count } }

  /// Ends all feeds.
  func close() {
    let (feeds, waiting) = state.withLock { state in
      state.isClosed = true
      defer {
        state.feeds = [:]
        state.waiting = []
      }
      return (Array(state.feeds.values), state.waiting)
    }
    for continuation in waiting { continuation.resume(returning: nil) }
    for feed in feeds { feed.finish() }
  }

  /// What a tab that has these pieces must be told to be up to date.
  func message(after version: Int, knowing known: inout Set<Int>) -> (LiveMessage, version: Int) {
    let (page, live) = state.withLock { ($0.page, $0.live) }
    var message = LiveMessage(live: live)
    guard let page, page.version > version else { return (message, version) }
    let missing = (page.body + [page.style]).filter { !known.contains($0.number) }
    message.page = LiveMessage.Page(
      version: page.version, title: page.page.title, language: page.page.language, style: page.style.number,
      body: page.body.map(\.number),
      texts: Dictionary(missing.map { ($0.number, $0.text) }) { first, _ in first })
    known = page.numbers
    return (message, page.version)
  }
}
