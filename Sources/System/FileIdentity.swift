internal import Glibc

/// What the system knows a file by, whatever it is called: another file that has come to the same path has another one.
public struct FileIdentity: Equatable, Sendable {
  private let device: dev_t
  private let inode: ino_t

  /// Looks at what is at a path now; nil if there is nothing.
  public init?(of path: String) {
    var information = stat()
    guard stat(path, &information) == 0 else { return nil }
    device = information.st_dev
    inode = information.st_ino
  }
}

/// Runs `body` while nobody else, in this process or another, does so for the same folder.
///
/// - Throws: `SystemError` when the folder cannot be locked, and what `body` throws.
public func withLockedFolder(
  _ folder: String,
  _ body: () throws(SystemError) -> Void,
) throws(SystemError) {
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw SystemError("cannot open \(folder)") }
  // Closing it gives the lock back.
  defer { close(descriptor) }
  while flock(descriptor, LOCK_EX) != 0 {
    guard errno == EINTR else { throw SystemError("cannot lock \(folder)") }
  }
  try body()
}
