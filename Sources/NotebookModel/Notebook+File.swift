import Glibc

extension Notebook {
  /// Reads a notebook from a file.
  ///
  /// - Throws: why the file cannot be read, or all that is wrong with its text.
  public static func read(path: String) throws(NotebookErrors) -> Notebook {
    try parse(bytes: try bytes(ofFile: path), path: path)
  }

  /// The bytes of a notebook's file, however long.
  ///
  /// - Throws: why it cannot be read.
  public static func bytes(ofFile path: String) throws(NotebookErrors) -> [UInt8] {
    try fileBytes(path)
  }
}

private func fileBytes(_ path: String) throws(NotebookErrors) -> [UInt8] {
  func failure(_ message: String, hint: String = "") -> NotebookErrors {
    NotebookErrors([Diagnostic(file: path, message, hint: hint)])
  }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw errno == ENOENT
      ? failure("there is no such file", hint: "`notebook new NAME` makes one")
      : failure("cannot be opened: \(String(cString: strerror(errno)))")
  }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count == 0 { return bytes }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else {
      throw errno == EISDIR
        ? failure(
          "this is a folder", hint: "name the notebooks in it: \(path.hasSuffix("/") ? path : path + "/")*.md"
        )
        : failure("cannot be read: \(String(cString: strerror(errno)))")
    }
    bytes.append(contentsOf: buffer[..<count])
  }
}
