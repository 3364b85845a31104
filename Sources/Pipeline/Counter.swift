internal import Synchronization

/// A count that one thread adds to and any thread reads.
public final class Counter: Sendable {
  private let count = Atomic(0)

  public var value: Int { count.load(ordering: .relaxed) }

  public func add(_ number: Int = 1) {
    count.add(number, ordering: .relaxed)
  }
}

/// What a stage has counted since it was made: a count for each case of `Kind`, whose raw values count from 0.
public final class Counts<Kind: CaseIterable & RawRepresentable<Int>>: Sendable {
  private let counters = Kind.allCases.map { _ in Counter() }

  public init() {}

  public subscript(kind: Kind) -> Counter { counters[kind.rawValue] }

  /// In the order of the kinds and named after them: `dead letters`.
  public var figures: [Figure] {
    Kind.allCases.map { kind in
      let words = "\(kind)".map { $0.isUppercase ? " \($0.lowercased())" : "\($0)" }
      return Figure(words.joined(), self[kind].value)
    }
  }
}
