internal import System

/// What others may see of the stages of a process: their metrics, whether they work, and whether all that they need is
/// there.
///
/// Any thread may ask.
public final class Monitor: Sendable {
  private let supervisor: Supervisor
  private let version: String
  private let standstill: Int64
  private let process = ProcessFigures()

  /// - Parameters:
  ///   - supervisor: Of the stages.
  ///   - version: Of the program.
  ///   - standstill: After so many nanoseconds without a turn of its loop a stage stands still.
  public init(_ supervisor: Supervisor, version: String, standstill: Int64 = 30_000_000_000) {
    self.supervisor = supervisor
    self.version = version
    self.standstill = standstill
  }

  private var reports: [StageReport] {
    supervisor.reports(now: monotonicNanoseconds(), standstill: standstill)
  }

  /// Whether all stages work: none stands still or has ended without having been asked to.
  public var isHealthy: Bool { reports.allSatisfy(\.isHealthy) }

  /// A line for each stage, and whether all work.
  public var health: (isGood: Bool, text: String) {
    let reports = reports
    return (reports.allSatisfy(\.isHealthy), Self.page(reports.map(\.healthLine)))
  }

  /// A line for each stage, or for each connection that it lacks, and whether it lacks none.
  public var readiness: (isGood: Bool, text: String) {
    let reports = reports
    return (reports.allSatisfy(\.isReady), Self.page(reports.flatMap(\.readyLines)))
  }

  /// What is wrong, or which stages run, in one line, and whether nothing is wrong.
  public var summary: (isGood: Bool, text: String) {
    let reports = reports
    let still = reports.filter { !$0.isHealthy }.map(\.healthLine)
    let away = reports.filter { !$0.isReady }.flatMap(\.readyLines)
    let wrong = still + away
    guard wrong.isEmpty else { return (false, wrong.joined(separator: "; ")) }
    return (true, reports.map(\.stage).joined(separator: ", ") + ": ok")
  }

  /// The type of ``metrics``, as HTTP names it.
  public static var metricsType: String { MetricsText.contentType }

  /// All figures, in the text format of Prometheus.
  public var metrics: String {
    let reports = reports
    var text = MetricsText()
    text.add(Self.build, 1, prefix: "egpipe_", labels: [.init("version", version)])
    for report in reports {
      let labels = Self.number(of: report)
      for figure in report.figures {
        text.add(figure, prefix: metricPrefix(ofStage: report.stage), labels: labels)
      }
    }
    for report in reports {
      let labels = [MetricsText.Label("stage", report.stage)] + Self.number(of: report)
      for row in StageRow.allCases {
        text.add(row.row, row.value(report), prefix: "egpipe_", labels: labels)
      }
      for link in report.links {
        let labels = labels + [.init("to", link.connection.rawValue)]
        text.add(Self.up, link.isUp ? 1 : 0, prefix: "egpipe_", labels: labels)
        text.add(Self.away, link.isUp ? 0 : link.seconds, prefix: "egpipe_", labels: labels)
      }
    }
    process.add(to: &text)
    return text.text
  }

  private static func page(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// What tells stages of one name apart.
  private static func number(of report: StageReport) -> [MetricsText.Label] {
    report.number == 1 ? [] : [.init("number", "\(report.number)")]
  }

  private static let build = FigureRow(
    "build info",
    .gauge,
    .truth,
    "1, with the version of the program."
  )
  private static let up = FigureRow(
    "connection up",
    .gauge,
    .truth,
    "Whether what the stage needs is there."
  )
  private static let away = FigureRow(
    "connection away",
    .gauge,
    .second,
    "How long what the stage needs has been away; 0 while it is there."
  )
}

/// What is told of every stage.
private enum StageRow: CaseIterable {
  case restarts, healthy, ready, lastTurn

  var row: FigureRow {
    switch self {
    case .restarts:
      FigureRow(
        "stage restarts",
        .counter,
        .time,
        "Times that the stage has failed and was started again."
      )
    case .healthy:
      FigureRow(
        "stage healthy",
        .gauge,
        .truth,
        "Whether the stage works: it neither stands still nor has ended unasked."
      )
    case .ready:
      FigureRow("stage ready", .gauge, .truth, "Whether all that the stage needs is there.")
    case .lastTurn:
      FigureRow(
        "stage last turn",
        .gauge,
        .second,
        "Time since the loop of the stage last came round."
      )
    }
  }

  func value(_ report: StageReport) -> Double {
    switch self {
    case .restarts: Double(report.restarts)
    case .healthy: report.isHealthy ? 1 : 0
    case .ready: report.isReady ? 1 : 0
    case .lastTurn: report.secondsSinceTurn
    }
  }
}
