import Foundation

extension Work {
  /// Has everybody do it, `rounds` times in turns.
  ///
  /// - Parameter folder: where the Python sources are put.
  func contest(rounds: Int, in folder: URL) throws(MeasuringError) {
    var contest = Contest(title, rounds: rounds, check: check)
    let own = try Worker(ChildProcess("/proc/self/exe", ["work", name]), name: "Flowbook")
    contest.enter("Flowbook") { () throws(MeasuringError) in try own.work() }
    for peer in peers {
      guard let version = try Python.version(of: peer.modules) else {
        contest.leaveOut(peer.name, because: "as python3 has no \(peer.modules.joined(separator: " or "))")
        continue
      }
      let child = ChildProcess(Python.program, ["worker.py", peer.script, peer.function], in: folder)
      let worker = try Worker(child, name: peer.name)
      contest.enter("\(peer.name) \(version)") { () throws(MeasuringError) in try worker.work() }
    }
    try contest.run()
  }

  /// Writes what the workers in Python read.
  static func writeScripts(to folder: URL) throws(MeasuringError) {
    let scripts = [
      "worker": PackageResources.worker_py, "simulation": PackageResources.simulation_py,
      "normals": PackageResources.normals_py, "training": PackageResources.training_py,
      "plotting": PackageResources.plotting_py,
    ]
    for (name, text) in scripts { try write(text, to: folder.appending(path: "\(name).py")) }
  }
}
