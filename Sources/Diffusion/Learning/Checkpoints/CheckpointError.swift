/// What is wrong with a checkpoint file.
public struct CheckpointError: Error, Equatable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Code: Hashable, Sendable {
    /// The file could not be opened, read or written.
    case file
    /// The bytes are not those of a safetensors file.
    case notSafetensors
    /// A safetensors file with something that cannot be read here.
    case unsupported
    /// A checkpoint of another network or another training.
    case mismatch
  }

  public let code: Code

  /// What exactly was found.
  public let detail: String

  /// The file, where one is concerned.
  public var path: String?

  init(_ code: Code, _ detail: String, path: String? = nil) {
    self.code = code
    self.detail = detail
    self.path = path
  }

  public var description: String {
    let place = path.map { "'\($0)'" } ?? "the checkpoint"
    switch code {
    case .file: return "\(place) could not be used: \(detail)"
    case .notSafetensors: return "\(place) is not a safetensors file: \(detail)"
    case .unsupported: return "\(place) cannot be read: \(detail)"
    case .mismatch: return "\(place) is not a checkpoint of this: \(detail)"
    }
  }
}
