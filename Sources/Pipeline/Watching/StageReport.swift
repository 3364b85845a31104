internal import Wording

/// How a stage stands at a moment: what metrics, pages and the service manager are told.
struct StageReport: Sendable {
  /// Why a stage does nothing, though it should.
  enum Trouble: Sendable {
    case stoodStill
    case ended
  }

  /// A connection of the stage.
  struct Link: Sendable {
    let connection: StageConnection
    let isUp: Bool
    /// How long that has been so.
    let seconds: Double
    let reason: String
  }

  let stage: String
  /// Which of the stages of this name it is, from 1.
  let number: Int
  private let source: any Stage
  let restarts: Int
  let secondsSinceTurn: Double
  let trouble: Trouble?
  let links: [Link]

  /// Asked of the stage only where they are told.
  var figures: [Figure] { source.figures }

  var isHealthy: Bool { trouble == nil }
  var isReady: Bool { links.allSatisfy(\.isUp) }

  private var title: String { number == 1 ? stage : "\(stage) \(number)" }

  /// A line for the page of health.
  var healthLine: String {
    let span = Figures.about(secondsSinceTurn)
    return switch trouble {
    case .stoodStill: "\(title): stands still, for \(span)"
    case .ended: "\(title): has ended, though nobody asked it to"
    case nil: "\(title): ok"
    }
  }

  /// A line for each connection that is away, or one that says that none is.
  var readyLines: [String] {
    let away = links.filter { !$0.isUp }
    guard !away.isEmpty else { return ["\(title): ok"] }
    return away.map { link in
      let reason = link.reason.isEmpty ? "" : ": \(link.reason.printable)"
      return
        "\(title): \(link.connection.rawValue) away for \(Figures.about(link.seconds))\(reason)"
    }
  }

  init(_ stage: any Stage, number: Int, now: Int64, standstill: Int64, isStopping: Bool) {
    func seconds(since time: Int64) -> Double { Double(max(0, now - time)) / 1e9 }
    let health = stage.health
    let course = health.course
    self.stage = stage.name
    self.number = number
    source = stage
    restarts = health.restarts.value
    secondsSinceTurn = seconds(since: health.lastTurn)
    switch course {
    case .running: trouble = now - health.lastTurn >= standstill ? .stoodStill : nil
    case .finished: trouble = nil
    case .ended: trouble = isStopping ? nil : .ended
    }
    links = health.links.map {
      // One that has done its work needs nothing any more.
      Link(
        connection: $0.connection,
        isUp: $0.isUp || course == .finished,
        seconds: seconds(since: $0.since),
        reason: $0.reason
      )
    }
  }
}
