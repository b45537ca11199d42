import Glibc

extension Safetensors {
  /// Reads a file; throws where it cannot be opened or read, or is not a safetensors file that can be read here.
  public init(path: String) throws(CheckpointError) {
    guard let file = fopen(path, "rb") else { throw .lastSystemError(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      bytes += buffer[..<count]
      if count < buffer.count { break }
    }
    guard ferror(file) == 0 else { throw .lastSystemError(path) }
    do {
      self = try Safetensors(bytes: bytes)
    } catch {
      throw CheckpointError(error.code, error.detail, path: path)
    }
  }

  /// Writes a file, or throws what the system said: to a temporary one beside it first, so that a reader never sees
  /// half of it.
  public func write(to path: String) throws(CheckpointError) {
    let temporary = path + ".part"
    guard let file = fopen(temporary, "wb") else { throw .lastSystemError(temporary) }
    let bytes = bytes
    let written = fwrite(bytes, 1, bytes.count, file)
    let failed = written < bytes.count
    guard fclose(file) == 0, !failed, rename(temporary, path) == 0 else {
      let error = CheckpointError.lastSystemError(path)
      unlink(temporary)
      throw error
    }
  }
}

extension CheckpointError {
  /// What the system said about the last call.
  static func lastSystemError(_ path: String) -> CheckpointError {
    CheckpointError(.file, String(cString: strerror(errno)), path: path)
  }
}
