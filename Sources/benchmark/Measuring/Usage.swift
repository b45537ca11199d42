import Glibc

/// What a process took.
struct Usage {
  /// User's and system's time, of all threads and of the descendants that were waited for.
  var processorSeconds: Double
  /// Resident memory of the largest of these processes.
  var peakBytes: Int

  init(_ usage: rusage) {
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    processorSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    peakBytes = usage.ru_maxrss * 1024
  }

  /// This process's own.
  static var own: Usage {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Usage(usage)
  }
}
