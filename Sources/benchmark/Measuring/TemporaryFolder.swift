import Foundation

/// A folder that is gone when `body` is done.
func withTemporaryFolder(_ body: (URL) throws(MeasuringError) -> Void) throws(MeasuringError) {
  let folder = FileManager.default.temporaryDirectory.appending(path: "flowbook-\(UUID().uuidString)")
  do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
    throw MeasuringError("\(folder.path) cannot be made: \(error.localizedDescription)")
  }
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}

func write(_ bytes: [UInt8], to file: URL) throws(MeasuringError) {
  do { try Data(bytes).write(to: file) } catch {
    throw MeasuringError("\(file.path) cannot be written: \(error.localizedDescription)")
  }
}

/// A run between a line on the machine and one on how busy it has become.
func measured(_ body: (URL) throws(MeasuringError) -> Void) throws(MeasuringError) {
  print(Machine.describe())
  try withTemporaryFolder(body)
  print("\n\(Machine.load()) at the end")
}
