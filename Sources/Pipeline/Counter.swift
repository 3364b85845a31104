internal import Synchronization

/// A count that one thread adds to and any thread reads.
public final class Counter: Sendable {
  private let count = Atomic(0)

  public init() {}

  public var value: Int { count.load(ordering: .relaxed) }

  public func add(_ number: Int = 1) {
    count.add(number, ordering: .relaxed)
  }
}
