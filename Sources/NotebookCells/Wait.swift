import Glibc
import Synchronization

/// Runs asynchronous work to its end: `let value = wait { await work() }`.
///
/// Top-level `await` is refused in cells, since it would turn a cell into a program that exits. The
/// work and its child tasks run on the calling thread, one after another, so that they repeat exactly
/// and leave no thread behind that a snapshot would lose.
public func wait<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
  let executor = WaitingExecutor()
  let outcome = Outcome<Value>()
  Task(executorPreference: executor) {
    let value = await work()
    outcome.value.withLock { $0 = value }
    executor.finish()
  }
  executor.runUntilFinished()
  return outcome.value.withLock { $0! }
}

/// Runs asynchronous work that may throw to its end, and throws what it throws.
public func wait<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) throws -> Value {
  try wait { () async -> Result<Value, any Error> in
    do { return .success(try await work()) } catch { return .failure(error) }
  }.get()
}

private final class Outcome<Value: Sendable>: Sendable {
  let value = Mutex<Value?>(nil)
}

/// Runs jobs on the thread that waits for them.
private final class WaitingExecutor: TaskExecutor, @unchecked Sendable {
  private var jobs: [UnownedJob] = []
  private var isFinished = false
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    pthread_mutex_lock(mutex)
    jobs.append(job)
    pthread_cond_signal(changed)
    pthread_mutex_unlock(mutex)
  }

  func finish() {
    pthread_mutex_lock(mutex)
    isFinished = true
    pthread_cond_signal(changed)
    pthread_mutex_unlock(mutex)
  }

  func runUntilFinished() {
    while let job = next() { job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  private func next() -> UnownedJob? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while jobs.isEmpty {
      if isFinished { return nil }
      pthread_cond_wait(changed, mutex)
    }
    return jobs.removeFirst()
  }
}
