internal import Wording

/// What a figure counts or measures.
public enum FigureUnit: String, Encodable, Sendable {
  case message, record, point, field, row, window, sample, connection
  /// How often something happened.
  case time
  case descriptor
  case byte
  case second
  /// A moment, in seconds since 1970 UTC; 0 for none yet.
  case timestamp
  /// 1 for yes, 0 for no.
  case truth

  /// The last part of the name of a metric, but for `total`.
  var suffix: String {
    switch self {
    case .second: "_seconds"
    case .timestamp: "_timestamp_seconds"
    case .byte: "_bytes"
    case .message, .record, .point, .field, .row, .window, .sample, .connection, .time,
      .descriptor, .truth:
      ""
    }
  }

  /// A value with its unit, for people: `12 messages`, `1.9 s`, `48 MB`.
  public func words(_ value: Double) -> String {
    switch self {
    case .second: Figures.delay(value)
    case .byte: Figures.bytes(Int(clamping: value))
    case .timestamp: value > 0 ? CivilTime(wall: Int64(clamping: value * 1e9)).rfc3339 : "none yet"
    case .truth: value == 0 ? "no" : "yes"
    // Its name says what happened so often.
    case .time: Figures.grouped(Int(clamping: value))
    case .message, .record, .point, .field, .row, .window, .sample, .connection, .descriptor:
      Phrases.count(Int(clamping: value), rawValue)
    }
  }
}

/// What a figure is: the one row from which the log, the metrics and `egpipe status` have its name, unit and meaning.
public struct FigureRow: Equatable, Sendable {
  /// How its value goes, in the words of Prometheus.
  public enum Kind: String, CaseIterable, Sendable {
    /// Only ever grows.
    case counter
    case gauge
    case histogram
  }

  /// As the log has it: `dead letters`.
  public let name: String
  public let kind: Kind
  public let unit: FigureUnit
  /// One sentence.
  public let help: String

  public init(_ name: String, _ kind: Kind, _ unit: FigureUnit, _ help: String) {
    (self.name, self.kind, self.unit, self.help) = (name, kind, unit, help)
  }

  /// The name of its metric: `egpipe_sink_dead_letters_total`.
  public func metric(_ prefix: String) -> String {
    prefix + name.map { $0 == " " ? "_" : "\($0)" }.joined() + ending
  }

  /// Its name, read from that of its metric.
  public static func name(
    ofMetric metric: Substring,
    _ kind: Kind,
    _ unit: FigureUnit
  ) -> String {
    let ending = FigureRow("", kind, unit, "").ending
    let stem = metric.hasSuffix(ending) ? metric.dropLast(ending.count) : metric
    return stem.map { $0 == "_" ? " " : "\($0)" }.joined()
  }

  private var ending: String { unit.suffix + (kind == .counter ? "_total" : "") }
}

/// The prefix of the metrics of a stage.
public func metricPrefix(ofStage stage: some StringProtocol) -> String { "egpipe_\(stage)_" }
