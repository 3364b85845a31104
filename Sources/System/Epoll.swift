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

  /// The values of `EPOLL_CTL_…`.
  private enum Operation: Int32 {
    case add = 1
    case remove = 2
    case modify = 3
  }

  private let descriptor: Int32
  private var tags: [UInt64]
  private var found: [UInt8]

  /// The most descriptors that one wait reports; the others come with the next.
  public static let batchSize = 256

  /// - Throws: `SystemError` when no descriptor is left.
  public init() throws(SystemError) {
    descriptor = CSystem_epoll()
    guard descriptor >= 0 else { throw SystemError("epoll_create1") }
    tags = Array(repeating: 0, count: Self.batchSize)
    found = Array(repeating: 0, count: Self.batchSize)
  }

  deinit {
    close(descriptor)
  }

  /// Waits for a descriptor from now on.
  ///
  /// - Throws: `SystemError`; code `EEXIST` when it is waited for already.
  public func add(
    _ descriptor: Int32,
    _ interest: Poll.Readiness,
    tag: UInt64,
  ) throws(SystemError) {
    try control(.add, descriptor, interest, tag)
  }

  /// Changes what a descriptor is waited for, and its tag.
  ///
  /// - Throws: `SystemError`; code `ENOENT` when it was not added, or was closed since.
  public func modify(
    _ descriptor: Int32,
    _ interest: Poll.Readiness,
    tag: UInt64,
  ) throws(SystemError) {
    try control(.modify, descriptor, interest, tag)
  }

  /// Waits for a descriptor no longer.
  ///
  /// - Throws: `SystemError`; code `ENOENT` or `EBADF` when it was not added, or was closed since.
  public func remove(_ descriptor: Int32) throws(SystemError) {
    try control(.remove, descriptor, [], 0)
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
    let capacity = Int32(clamping: tags.count)
    let count = CSystem_epollWait(descriptor, &tags, &found, capacity, limit ?? -1)
    guard count >= 0 else {
      if errno == EINTR { return }
      throw SystemError("epoll_wait")
    }
    for index in 0..<Int(count) {
      let readiness = Poll.Readiness(rawValue: Int16(found[index]))
      ready.append(Ready(tag: tags[index], readiness: readiness))
    }
  }

  private func control(
    _ operation: Operation,
    _ target: Int32,
    _ interest: Poll.Readiness,
    _ tag: UInt64,
  ) throws(SystemError) {
    let code = CSystem_epollControl(
      descriptor,
      operation.rawValue,
      target,
      Int32(interest.rawValue),
      tag,
    )
    guard code == 0 else { throw SystemError("epoll_ctl") }
  }
}
