internal import CSystem
internal import Glibc

/// A folder that is gone with all that is in it when this object goes or this process ends, however it ends.
///
/// A small process of its own waits for that, which no hang-up and no signal but SIGKILL reaches.
public final class DisposableDirectory: Sendable {
  /// Only this user can enter it.
  public let path: String
  private let descriptor: Int32

  /// Makes the folder `PREFIX-XXXXXX` in `TMPDIR` or `/tmp`.
  ///
  /// - Throws: `SystemError` when it cannot be made or no process can be had.
  public init(prefix: String) throws(SystemError) {
    path = try makeTemporaryDirectory(prefix: prefix)
    descriptor = CSystem_removeAfterUs(path)
    if descriptor < 0 {
      let error = SystemError("fork")
      rmdir(path)
      throw error
    }
  }

  deinit {
    close(descriptor)
  }
}
