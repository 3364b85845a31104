import Pipeline
import Wording

/// How the stages of a process are, by the metrics that it serves.
struct StatusReport: Encodable, Sendable {
  /// How a stage is.
  enum State: String, Encodable {
    case ok
    case notReady = "not ready"
    case stoodStill = "stood still"
  }

  struct Connection: Encodable {
    var name: String
    var secondsAway: Double
  }

  /// A number, or how long things took.
  struct Figure: Encodable {
    var name: String
    var unit: FigureUnit
    /// In all, where it is a sum.
    var value: Double
    /// How many were added; nil for a number that is no sum.
    var count: Int?

    /// With its unit, as people read it.
    var words: String {
      guard !name.hasSuffix("\(unit.rawValue)s") else { return Figures.plain(value) }
      return count.map { Pipeline.Figure.words(count: $0, sum: value, unit) } ?? unit.words(value)
    }
  }

  struct Stage: Encodable {
    var name: String
    var state: State
    var secondsSinceTurn: Double
    var restarts: Int
    var away: [Connection]
    var figures: [Figure]
  }

  var address: String
  /// Why there is no answer; nil if there is one.
  var failure: String?
  var version: String?
  var stages: [Stage] = []

  init(_ address: String, failure: String) {
    (self.address, self.failure) = (address.printable, failure.printable)
  }

  /// - Parameters:
  ///   - address: Where the metrics were.
  ///   - metrics: The page, from outside.
  init(_ address: String, metrics: String) {
    self.address = address.printable
    let reader = MetricsReader(metrics)
    version = reader.samples.first { $0.name == "egpipe_build_info" }?.labels["version"]?.printable
    // Each stage has one of these.
    for sample in reader.samples where sample.name == "egpipe_stage_healthy" {
      if let stage = Stage(sample.labels, in: reader) { stages.append(stage) }
    }
    if stages.isEmpty { failure = "what answers there is no egpipe" }
  }

  /// Whether there is an answer, and all stages are well.
  var isWell: Bool { failure == nil && stages.allSatisfy { $0.state == .ok } }
}

extension StatusReport.Stage {
  fileprivate init?(_ labels: [String: String], in reader: MetricsReader) {
    guard let stage = labels["stage"] else { return nil }
    func value(_ name: String) -> Double { reader.value("egpipe_stage_\(name)", labels) ?? 0 }
    let number = labels["number"]
    name = (number.map { "\(stage) \($0)" } ?? stage).printable
    secondsSinceTurn = value("last_turn_seconds")
    restarts = Int(clamping: value("restarts_total"))
    state = value("healthy") == 0 ? .stoodStill : value("ready") == 0 ? .notReady : .ok
    away = reader.samples.compactMap { sample in
      guard sample.name == "egpipe_connection_up", sample.value == 0,
        sample.labels["stage"] == stage, sample.labels["number"] == number,
        let name = sample.labels["to"]
      else { return nil }
      let seconds = reader.value("egpipe_connection_away_seconds", sample.labels) ?? 0
      return StatusReport.Connection(name: name.printable, secondsAway: seconds)
    }
    figures = Self.figures(of: stage, number, in: reader)
  }

  private static func figures(
    of stage: String,
    _ number: String?,
    in reader: MetricsReader
  ) -> [StatusReport.Figure] {
    let prefix = metricPrefix(ofStage: stage)
    return reader.families.compactMap { family in
      guard family.name.hasPrefix(prefix) else { return nil }
      func value(_ ending: String) -> Double? {
        reader.samples.first {
          $0.name == family.name + ending && $0.labels["number"] == number
        }?.value
      }
      let isSum = family.kind == .histogram
      guard let number = value(isSum ? "_sum" : "") else { return nil }
      let count = isSum ? Int(clamping: value("_count") ?? 0) : nil
      let rest = family.name.dropFirst(prefix.count)
      let name = FigureRow.name(ofMetric: rest, family.kind, family.unit)
      return StatusReport.Figure(
        name: name.printable,
        unit: family.unit,
        value: number,
        count: count
      )
    }
  }

  /// `ok`, `not ready: kafka since 32 s`, `stood still for 45 s`.
  var words: String {
    switch state {
    case .ok: "ok"
    case .stoodStill: "stood still for \(Figures.about(secondsSinceTurn))"
    case .notReady:
      "not ready: "
        + away.map { "\($0.name) since \(Figures.about($0.secondsAway))" }.joined(separator: ", ")
    }
  }
}

extension StatusReport {
  /// The report as lines for people, columns aligned.
  var lines: [String] {
    if let failure { return ["\(address)  unknown: \(failure)"] }
    var lines = ["\(address)  egpipe \(version ?? "?")"]
    let names = stages.flatMap { stage in [stage.name.count] + stage.figures.map(\.name.count) }
    let width = (names.max() ?? 0) + 2
    for stage in stages {
      lines.append("  \(stage.name.padded(to: width))  \(stage.words)")
      if stage.restarts > 0 {
        lines.append(
          "    \("restarts".padded(to: width))\(FigureUnit.time.words(Double(stage.restarts)))"
        )
      }
      for figure in stage.figures {
        lines.append("    \(figure.name.padded(to: width))\(figure.words)")
      }
    }
    return lines
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
