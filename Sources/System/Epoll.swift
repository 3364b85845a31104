internal import CSystem
internal import Glibc

/// Many descriptors to wait on, with `epoll(7)`: they are named once, and the cost of a wait grows with those that are ready.
///
/// Belongs to one thread. Level-triggered: what is not read is reported again. A descriptor that is closed leaves by
/// itself.
public final class Epoll {
  /// A descriptor that is ready.
  public struct Ready: Equatable, Sendable {
    /// As it was given with the descriptor.
    public let tag: UInt64
    public let readiness: Poll.Readiness
  }

  private let descriptor: Int32
  private var found = Array(repeating: epoll_event(), count: batchSize)

  /// The most descriptors that one wait reports; the others come with the next.
  public static let batchSize = 256

  /// - Throws: `SystemError` when no descriptor is left.
  public init() throws(SystemError) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { throw SystemError("epoll_create1") }
  }

  deinit {
    close(descriptor)
  }

  /// Waits for a descriptor from now on.
  ///
  /// - Throws: `SystemError`; code `EEXIST` when it is waited for already.
  public func add(_ target: Int32, _ interest: Poll.Readiness, tag: UInt64) throws(SystemError) {
    try control(EPOLL_CTL_ADD, target, interest, tag)
  }

  /// Changes what a descriptor is waited for, and its tag.
  ///
  /// - Throws: `SystemError`; code `ENOENT` when it was not added, or was closed since.
  public func modify(_ target: Int32, _ interest: Poll.Readiness, tag: UInt64) throws(SystemError) {
    try control(EPOLL_CTL_MOD, target, interest, tag)
  }

  /// Waits for a descriptor no longer.
  ///
  /// - Throws: `SystemError`; code `ENOENT` or `EBADF` when it was not added, or was closed since.
  public func remove(_ descriptor: Int32) throws(SystemError) {
    try control(EPOLL_CTL_DEL, descriptor, [], 0)
  }

  /// Waits until a descriptor is ready or the time is over (nil: no end), and appends those that are to `ready`.
  ///
  /// The time is rounded up to milliseconds. A signal handler that ran ends the wait as a timeout does.
  ///
  /// - Throws: `SystemError` for lack of memory.
  public func wait(
    timeoutNanoseconds: Int64?,
    appendingTo ready: inout [Ready],
  ) throws(SystemError) {
    let limit = timeoutNanoseconds.map { time in
      let milliseconds = max(0, time) / 1_000_000 + (max(0, time) % 1_000_000 == 0 ? 0 : 1)
      return Int32(clamping: milliseconds)
    }
    let count = epoll_wait(descriptor, &found, Int32(Self.batchSize), limit ?? -1)
    guard count >= 0 else {
      if errno == EINTR { return }
      throw SystemError("epoll_wait")
    }
    for entry in found.prefix(Int(count)) {
      let readiness = Poll.Readiness(events: Int32(bitPattern: entry.events))
      ready.append(Ready(tag: entry.data.u64, readiness: readiness))
    }
  }

  private func control(
    _ operation: Int32,
    _ target: Int32,
    _ interest: Poll.Readiness,
    _ tag: UInt64,
  ) throws(SystemError) {
    var event = epoll_event(events: UInt32(interest.events), data: epoll_data_t(u64: tag))
    guard epoll_ctl(descriptor, operation, target, &event) == 0 else {
      throw SystemError("epoll_ctl")
    }
  }
}
