import Foundation
import Glibc

/// Tells which files of a folder have changed, by inotify on the folder itself: an editor that saves by
/// renaming puts another file in the place of the one that was watched.
final class FolderWatch: @unchecked Sendable {
  private let path: String
  private let onChange: @Sendable (Set<String>?) -> Void
  private let descriptor: Int32
  private let wakeUp: [Int32]
  private var watch: Int32 = -1

  private static let events = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

  /// - Parameter onChange: called in the watch's own thread with the names of files; nil: any may have.
  /// - Throws: errno's words where the system gives no watch.
  init(folder path: String, onChange: @escaping @Sendable (Set<String>?) -> Void) throws(ServerError) {
    self.path = path
    self.onChange = onChange
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    var ends: [Int32] = [-1, -1]
    guard descriptor >= 0, pipe(&ends) == 0 else {
      throw ServerError("the folder \(path) cannot be watched: \(String(cString: strerror(errno)))")
    }
    wakeUp = ends
    watch = inotify_add_watch(descriptor, path, Self.events)
    guard watch >= 0 else {
      let reason = String(cString: strerror(errno))
      for end in ends + [descriptor] { Glibc.close(end) }
      throw ServerError(
        "the folder \(path) cannot be watched: \(reason)",
        hint: "where no watches are left, 'sysctl fs.inotify.max_user_watches' tells how many there may be")
    }
    Thread { self.run() }.start()
  }

  /// Ends the watch and its thread.
  func close() { Glibc.close(wakeUp[1]) }

  private func run() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var polled = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakeUp[0], events: Int16(POLLIN), revents: 0),
      ]
      // Without a watch, as after the folder has gone, look for it each half second.
      let count = poll(&polled, 2, watch < 0 ? 500 : -1)
      if polled[1].revents != 0 { break }
      if count == 0 {
        watch = inotify_add_watch(descriptor, path, Self.events)
        if watch >= 0 { onChange(nil) }
        continue
      }
      let length = read(descriptor, &buffer, buffer.count)
      if length > 0 { take(buffer[..<length]) }
    }
    for descriptor in [descriptor, wakeUp[0]] { Glibc.close(descriptor) }
  }

  private func take(_ bytes: ArraySlice<UInt8>) {
    var names: Set<String> = []
    var isAnything = false
    bytes.withUnsafeBytes { bytes in
      var offset = 0
      let size = MemoryLayout<inotify_event>.size
      while offset + size <= bytes.count {
        let event = bytes.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        let name = bytes[(offset + size)..<(offset + size + Int(event.len))].prefix { $0 != 0 }
        offset += size + Int(event.len)
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { isAnything = true }
        if event.mask & UInt32(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF) != 0, event.wd == watch {
          inotify_rm_watch(descriptor, watch)
          watch = -1
          isAnything = true
        }
        if !name.isEmpty { names.insert(String(decoding: name, as: UTF8.self)) }
      }
    }
    onChange(isAnything ? nil : names)
  }
}
