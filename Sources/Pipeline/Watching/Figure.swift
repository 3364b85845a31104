internal import Wording

/// A number that a stage tells of itself.
public struct Figure: Equatable, Sendable {
  /// What it is at the moment.
  public enum Value: Equatable, Sendable {
    case number(Double)
    case distribution(Distribution)
  }

  public let row: FigureRow
  public let value: Value

  public init(_ row: FigureRow, _ value: Value) {
    self.row = row
    self.value = value
  }

  public var name: String { row.name }

  /// The number as a whole one; of a distribution, how much was observed.
  public var count: Int {
    switch value {
    case .number(let number): Int(clamping: number)
    case .distribution(let distribution): distribution.count
    }
  }

  /// The value as the log has it: counts as plain numbers, the rest as people read it.
  var text: String {
    switch value {
    case .number(let number):
      switch row.unit {
      case .second, .timestamp, .byte, .truth: row.unit.words(number)
      case .message, .record, .point, .field, .row, .window, .sample, .connection, .time,
        .descriptor:
        Figures.plain(number)
      }
    case .distribution(let distribution):
      Self.words(count: distribution.count, sum: distribution.sum, row.unit)
    }
  }

  /// What people read of a distribution: `12 ms on average of 340`.
  public static func words(count: Int, sum: Double, _ unit: FigureUnit) -> String {
    guard count > 0 else { return "none yet" }
    return "\(unit.words(sum / Double(count))) on average of \(Figures.grouped(count))"
  }
}

/// How long things took.
public struct Distribution: Equatable, Sendable {
  /// The longest time of each bucket, in seconds; one bucket more holds what took longer.
  public static let bounds = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
  ]

  /// How many are in each bucket and in none before it.
  public let counts: [Int]
  /// Seconds in all.
  public let sum: Double

  public var count: Int { counts.reduce(0, +) }

  /// Where nothing was observed yet.
  static let emptyCounts = Array(repeating: 0, count: bounds.count + 1)

  /// The place of the bucket that a time is in.
  static func bucket(seconds: Double) -> Int {
    bounds.firstIndex { seconds <= $0 } ?? bounds.count
  }
}
