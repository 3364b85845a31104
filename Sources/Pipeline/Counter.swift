internal import Synchronization

/// A count that one thread adds to and any thread reads.
public final class Counter: Sendable {
  private let count = Atomic(0)

  public var value: Int { count.load(ordering: .relaxed) }

  public func add(_ number: Int = 1) {
    count.add(number, ordering: .relaxed)
  }
}

/// What a stage counts: a case for each count, whose raw values count from 0, and a row for each case.
public protocol CountKind: CaseIterable, RawRepresentable<Int>, Sendable {
  /// What is counted, named after the case.
  var row: FigureRow { get }
}

extension CountKind {
  /// The row of what only ever grows.
  public func counter(_ unit: FigureUnit, _ help: String) -> FigureRow {
    FigureRow(words, .counter, unit, help)
  }

  /// The row of what also shrinks.
  public func gauge(_ unit: FigureUnit, _ help: String) -> FigureRow {
    FigureRow(words, .gauge, unit, help)
  }

  /// The name of the case in words: `dead letters`.
  private var words: String {
    "\(self)".map { $0.isUppercase ? " \($0.lowercased())" : "\($0)" }.joined()
  }
}

/// What a stage has counted since it was made.
public final class Counts<Kind: CountKind>: Sendable {
  private let counters = Kind.allCases.map { _ in Counter() }

  public init() {}

  public subscript(kind: Kind) -> Counter { counters[kind.rawValue] }

  /// In the order of the kinds.
  public var figures: [Figure] {
    Kind.allCases.map { Figure($0.row, .number(Double(self[$0].value))) }
  }
}
