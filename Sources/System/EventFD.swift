internal import CSystem
internal import Glibc

/// A flag that a thread in `Poll` wakes up on (`eventfd(2)`).
///
/// Any thread may signal it.
public final class EventFD: Sendable {
  /// Readable while signalled; owned by this object.
  public let descriptor: Int32

  /// - Throws: `SystemError` when no descriptor is left.
  public init() throws(SystemError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard descriptor >= 0 else { throw SystemError("eventfd") }
  }

  deinit {
    close(descriptor)
  }

  /// Makes the descriptor readable until the next `drain`; never blocks.
  public func signal() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
  }

  /// Takes the signal away; true if there was one.
  @discardableResult
  public func drain() -> Bool {
    var count: UInt64 = 0
    return read(descriptor, &count, MemoryLayout<UInt64>.size) > 0
  }
}
