import Glibc

/// How many threads loops over particles use: the environment's FLOWBOOK_THREADS, or else one per processor.
///
/// Results never depend on it.
public let threadCount: Int = {
  if let text = getenv("FLOWBOOK_THREADS"), let count = Int(String(cString: text)), count > 0 { return count }
  return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}()

/// Calls `body` once for each part of 0..<`count`, parts of `grain` elements, on up to `threadCount` threads,
/// and returns when all are done: no thread outlives the call.
///
/// `body` gets the number of its worker, 0..<`threadCount`, to find memory of its own. A call from within
/// `body` runs on the calling thread alone.
func inParallel(_ count: Int, grain: Int, _ body: @Sendable (_ worker: Int, _ part: Range<Int>) -> Void) {
  precondition(grain > 0, "parts of a parallel loop need an element")
  let parts = (count + grain - 1) / grain
  let workers = isWorker.value ? 1 : min(threadCount, parts)
  @Sendable func run(_ worker: Int) {
    // Each worker takes every `workers`-th part, so that neighbours cost alike.
    for part in stride(from: worker, to: parts, by: max(workers, 1)) {
      body(worker, part * grain..<min((part + 1) * grain, count))
    }
  }
  if workers <= 1 {
    run(0)
    return
  }
  withoutActuallyEscaping(run) { run in
    let threads = (1..<workers).map { Thread(number: $0, run) }
    run(0)
    threads.forEach { $0.join() }
  }
}

/// One started thread, to be joined.
private final class Thread {
  private var handle = pthread_t()

  private final class Task {
    let number: Int
    let run: @Sendable (Int) -> Void
    init(number: Int, run: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.run = run
    }
  }

  init(number: Int, _ run: @escaping @Sendable (Int) -> Void) {
    let task = Unmanaged.passRetained(Task(number: number, run: run))
    let status = pthread_create(
      &handle, nil,
      { argument in
        let task = Unmanaged<Task>.fromOpaque(argument!).takeRetainedValue()
        isWorker.mark()
        task.run(task.number)
        return nil
      }, task.toOpaque())
    precondition(status == 0, "a thread could not be started: error \(status)")
  }

  func join() { pthread_join(handle, nil) }
}

/// Whether the current thread is one of `inParallel`'s own.
private struct WorkerMark: Sendable {
  private let key: pthread_key_t

  init() {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    self.key = key
  }

  var value: Bool { pthread_getspecific(key) != nil }
  func mark() { pthread_setspecific(key, UnsafeRawPointer(bitPattern: 1)) }
}

private let isWorker = WorkerMark()
