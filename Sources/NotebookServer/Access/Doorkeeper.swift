import FlyingFox
import Foundation

/// Lets in only requests that were meant for this server, and made by its own pages.
///
/// The server listens on the loopback interface, which does not keep web pages out: any page that is
/// open in a browser of this machine can send requests there. `Host` tells a name that another site has
/// pointed to this machine (DNS rebinding), `Origin` a page of another site, and neither knows the token.
struct Doorkeeper: Sendable {
  let port: UInt16
  let token: AccessToken

  enum Refusal: Error {
    /// Asked for under another name, or by another site's page.
    case foreign
    /// Without the token; told apart from nothing.
    case notFound
    case method
  }

  /// - Returns: the parts of the path behind the token, percent encoding undone.
  func admit(_ request: HTTPRequest) throws(Refusal) -> [String] {
    let names = ["127.0.0.1:\(port)", "localhost:\(port)"]
    guard let host = request.headers[HTTPHeader.host], names.contains(host.lowercased()) else {
      throw .foreign
    }
    if let origin = request.headers[HTTPHeader("Origin")] {
      guard names.contains(where: { origin.lowercased() == "http://\($0)" }) else { throw .foreign }
    }
    // As it was sent: what a path with dots in it might lead to is not asked.
    let parts = request.target.path().split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard let first = parts.first, token.matches(first) else { throw .notFound }
    guard request.method == .GET else { throw .method }
    let rest = parts.dropFirst().compactMap { $0.removingPercentEncoding }
    guard rest.count == parts.count - 1 else { throw .notFound }
    return rest
  }
}
