import CKernel

/// Words an error that left a cell, reports it and ends the process; called by CKernel, in place of
/// the runtime's function that would print the error and trap.
///
/// - Parameter error: an `any Error`, whose representation is one pointer.
@_cdecl("kernel_report_uncaught_error")
func reportUncaughtError(_ error: UnsafeRawPointer) {
  let error = unsafeBitCast(error, to: (any Error).self)
  let type = "\(type(of: error))"
  let description = "\(error)"
  var message = description.hasPrefix(type) ? description : "\(type): \(description)"
  message.withUTF8 { text in
    text.withMemoryRebound(to: CChar.self) { ck_report_thrown($0.baseAddress, $0.count) }
  }
}
