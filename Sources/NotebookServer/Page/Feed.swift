import Foundation
import Synchronization

/// What one tab reads.
final class Feed: Sendable {
  enum Item: Sendable {
    /// JSON.
    case message(Data)
    /// The answer to a ping.
    case pong(Data)
  }

  private struct State {
    /// A new tab is told everything.
    var isNew = true
    var pongs: [Data] = []
    var isFinished = false
    var waiting: CheckedContinuation<Void, Never>?

    var isReady: Bool { isNew || isFinished || !pongs.isEmpty }
  }

  private let broadcast: Broadcast
  private let state = Mutex(State())
  private let sent = Mutex((version: 0, known: Set<Int>()))

  init(_ broadcast: Broadcast) { self.broadcast = broadcast }

  /// What comes next; nil at the end. For one reader at a time.
  func next() async -> Item? {
    while true {
      if let item = take() { return item }
      if state.withLock(\.isFinished) { return nil }
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if !state.isReady { state.waiting = continuation }
          return state.isReady
        }
        if isReady { continuation.resume() }
      }
    }
  }

  private func take() -> Item? {
    let (pong, isNew) = state.withLock { state -> (Data?, Bool) in
      if state.isFinished { return (nil, false) }
      if !state.pongs.isEmpty { return (state.pongs.removeFirst(), false) }
      defer { state.isNew = false }
      return (nil, state.isNew)
    }
    if let pong { return .pong(pong) }
    return isNew ? message().map { .message($0) } : nil
  }

  private func message() -> Data? {
    let message = sent.withLock { sent in
      let (message, version) = broadcast.message(after: sent.version, knowing: &sent.known)
      sent.version = version
      return message
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return try? encoder.encode(message)
  }

  // MARK: For writers

  /// There is something new.
  func note() { change { $0.isNew = true } }

  func pong(_ payload: Data) { change { $0.pongs.append(payload) } }

  func finish() {
    change { $0.isFinished = true }
    broadcast.leave(self)
  }

  private func change(_ body: (inout State) -> Void) {
    let waiting = state.withLock { state in
      body(&state)
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }
}
