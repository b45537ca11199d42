import CProcess

/// Orphans among this process's descendants become its children instead of init's, so that it can end
/// what cells leave behind, even in a session of their own.
///
/// It is for the program to decide, not for a session: the orphans of all its children come to it, and one
/// that waits for any child, as a test runner does, would stumble over those that it does not know.
public enum Subreaper {
  public static func become() { cp_become_subreaper() }
}
