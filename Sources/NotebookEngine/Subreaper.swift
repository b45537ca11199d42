import CProcess

/// Orphans among this process's descendants become its children instead of init's, so that it can end
/// what cells leave behind, even in a session of their own.
enum Subreaper {
  static func become() { cp_become_subreaper() }
}
