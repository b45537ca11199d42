import ArgumentParser
import Foundation
import NotebookEngine
import NotebookModel
import NotebookReport

/// Notebooks that are run one after the other.
struct Batch {
  let options: RunOptions
  /// What to write; nil: nothing.
  let output: OutputOptions?

  func run() throws {
    let (files, problems) = notebooks()
    let course = course(of: files)
    for problem in problems { Terminal.complain(problem.description) }
    var worst: ExitStatus = problems.isEmpty ? .success : .unreadable
    var results: [BatchResult] = []
    if !files.isEmpty {
      // What is missing is known before anything runs.
      let chromium = try chromium()
      Interruption.install()
      switch Workshop.prepare(isQuiet: options.quiet) {
      case .failure(let error):
        Terminal.complain("notebook: error: \(error)")
        throw (Interruption.isRaised ? ExitStatus.interrupted : .unavailable).code
      case .success(let workshop):
        for file in course?.files ?? files where !Interruption.isRaised {
          var run = NotebookRun(
            path: file, output: output, files: output?.files(of: file, amongMany: files.count > 1),
            options: options, chromium: chromium, workshop: workshop)
          run.links = course?.links(of: file) ?? CourseLinks()
          results.append(run.run())
        }
        if let course, !Interruption.isRaised {
          var run = NotebookRun(
            path: course.front, output: output, files: output?.files(of: "index.md", amongMany: true),
            options: options, chromium: chromium, workshop: workshop)
          run.contents = course.chapters(results)
          if !course.hasFront { run.notebook = course.emptyFront }
          results.append(run.run())
        }
      }
    }
    worst = results.reduce(worst) { max($0, $1.status) }
    CellCache.prune(Places.cells)
    if Interruption.isRaised { worst = .interrupted }
    if files.count > 1, !options.quiet, !options.json { Terminal.say(BatchResult.table(results)) }
    if let junit = options.junit {
      do { try AtomicFile.write(Data(JUnit.xml(results).utf8), to: URL(filePath: junit)) } catch {
        Terminal.complain("\(junit): error: cannot be written: \(error.localizedDescription)")
        worst = max(worst, .cannotWrite)
      }
    }
    if worst != .success { throw worst.code }
  }

  /// The notebooks that are named, those of a folder in the order of their names.
  private func notebooks() -> ([String], [Diagnostic]) {
    var files: [String] = []
    var problems: [Diagnostic] = []
    for path in options.files {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        files.append(path)
        continue
      }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      let found = names.filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") && $0 != "README.md" }.sorted()
      let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
      files += found.map { "\(folder)/\($0)" }
      if found.isEmpty {
        problems.append(
          Diagnostic(
            file: path, "this is a folder, and there is no notebook (.md) in it", hint: "name a notebook"))
      }
    }
    return (files, problems)
  }

  /// The course that is run: when one folder is named, and pages go into a folder.
  private func course(of files: [String]) -> Course? {
    guard let output, output.isFolder || output.namedFormat == nil, options.files.count == 1,
      files != options.files, files.count > 1
    else { return nil }
    return Course(folder: options.files[0], files: files)
  }

  /// The browser that prints, where something is to be printed.
  private func chromium() throws -> Chromium? {
    guard output?.formats.contains(.pdf) == true else { return nil }
    do { return try Chromium.find() } catch {
      Terminal.complain("notebook: error: \(error)")
      throw ExitStatus.unavailable.code
    }
  }
}
