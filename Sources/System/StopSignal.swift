internal import Synchronization

/// Tells threads to end: set once, seen by all.
///
/// Any thread may set it and wait on it.
public final class StopSignal: Sendable {
  private let flag = Atomic(false)
  private let event: EventFD

  /// - Throws: `SystemError` when no descriptor is left.
  public init() throws(SystemError) {
    event = try EventFD()
  }

  /// Readable from the moment it is set, forever; owned by this object.
  public var descriptor: Int32 { event.descriptor }

  public var isSet: Bool { flag.load(ordering: .acquiring) }

  public func set() {
    flag.store(true, ordering: .releasing)
    event.signal()
  }

  /// Rests for so long, or until it is set; returns whether it is.
  @discardableResult
  public func wait(nanoseconds: Int64) -> Bool {
    let deadline = monotonicNanoseconds() + max(0, nanoseconds)
    var poll = Poll()
    poll.add(event.descriptor, .read)
    while !isSet {
      let left = deadline - monotonicNanoseconds()
      guard left > 0, (try? poll.wait(timeoutNanoseconds: left)) != nil else { break }
    }
    return isSet
  }
}
