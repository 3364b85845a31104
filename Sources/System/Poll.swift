internal import CSystem
internal import Glibc

/// A few descriptors to wait on, with `ppoll(2)`; each wait names them again.
///
/// `add` all, `wait`, ask `readiness(of:)` with the positions that `add` gave, `removeAll`, and again. Reuses its storage.
public struct Poll: Sendable {
  /// What is waited for, or what is there.
  public struct Readiness: OptionSet, Sendable {
    public let rawValue: Int16

    public init(rawValue: Int16) {
      self.rawValue = rawValue
    }

    /// Reading will not block: data, an end, or an error to fetch.
    public static let read = Readiness(rawValue: 1)
    /// Writing will not block.
    public static let write = Readiness(rawValue: 2)
    /// The other side is gone, or the descriptor is broken; always reported, need not be asked for.
    public static let failure = Readiness(rawValue: 4)
  }

  private var entries: [pollfd] = []

  public init() {
    entries.reserveCapacity(8)
  }

  /// Forgets all descriptors.
  public mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
  }

  /// Adds a descriptor and returns its position.
  ///
  /// A negative descriptor is never ready.
  @discardableResult
  public mutating func add(_ descriptor: Int32, _ interest: Readiness) -> Int {
    entries.append(pollfd(fd: descriptor, events: interest.events, revents: 0))
    return entries.count - 1
  }

  /// Waits until a descriptor is ready or the time is over (nil: no end), and returns how many are ready.
  ///
  /// A signal handler that ran ends the wait with 0, as a timeout does.
  ///
  /// - Throws: `SystemError` when the system refuses the set, which is a bug of the caller or lack of memory.
  @discardableResult
  public mutating func wait(timeoutNanoseconds: Int64?) throws(SystemError) -> Int {
    for index in entries.indices { entries[index].revents = 0 }
    let limit = timeoutNanoseconds.map { max(0, $0) } ?? -1
    let count = entries.withUnsafeMutableBufferPointer { buffer in
      CSystem_poll(buffer.baseAddress, UInt(buffer.count), limit)
    }
    if count >= 0 { return Int(count) }
    guard errno == EINTR else { throw SystemError("ppoll") }
    return 0
  }

  /// What the last `wait` found at a position that `add` returned.
  public func readiness(of position: Int) -> Readiness {
    entries.indices.contains(position) ? Readiness(events: Int32(entries[position].revents)) : []
  }
}

/// The events of `poll`; Linux has given those of `epoll` the same numbers.
extension Poll.Readiness {
  var events: Int16 {
    (contains(.read) ? Int16(POLLIN) : 0) | (contains(.write) ? Int16(POLLOUT) : 0)
  }

  init(events: Int32) {
    self = []
    if events & (POLLIN | POLLHUP | POLLERR) != 0 { insert(.read) }
    if events & POLLOUT != 0 { insert(.write) }
    if events & (POLLHUP | POLLERR | POLLNVAL) != 0 { insert(.failure) }
  }
}
