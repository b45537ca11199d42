import FlyingFox
import Foundation

/// The WebSocket of a tab: messages of a feed go out, commands come in.
///
/// One connection a tab that is not HTTP's: browsers open six of those to a server and no more, which
/// event streams of six tabs would use up.
struct TabSocket: WSHandler {
  let feed: Feed
  let obey: @Sendable (TabCommand) -> Void

  func makeFrames(for client: AsyncThrowingStream<WSFrame, any Error>) async throws -> AsyncStream<WSFrame> {
    let reader = Task {
      do {
        for try await frame in client {
          switch frame.opcode {
          case .text where frame.fin:
            if let command = TabCommand(rawValue: String(decoding: frame.payload, as: UTF8.self)) {
              obey(command)
            }
          case .ping: feed.pong(frame.payload)
          case .pong: break
          default: return feed.finish()
          }
        }
      } catch {}
      feed.finish()
    }
    return AsyncStream {
      switch await feed.next() {
      case .message(let text): return WSFrame(fin: true, opcode: .text, mask: nil, payload: text)
      case .pong(let payload): return WSFrame(fin: true, opcode: .pong, mask: nil, payload: payload)
      case nil:
        reader.cancel()
        return nil
      }
    } onCancel: {
      feed.finish()
    }
  }
}

/// What a tab can ask for.
enum TabCommand: String, Sendable {
  case stop
  case restart
  /// Go on with the cell that stopped.
  case run
}
