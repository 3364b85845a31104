import Model
import Terminal

/// The panes that views are made of.
public enum PaneID: String, CaseIterable, Codable, Sendable {
  case fleet, alarms, events, pipeline, regions, map
  case overview, timeToEmpty, nextEmpty, wall, log
  /// The panes of one generator.
  case detailFuel, detailNow, detailTrends, detailPresence, detailRecord, detailPath

  /// Its row in the table of panes, which is all that keys, mouse and layout know of it.
  var row: PaneRow {
    switch self {
    case .fleet:
      PaneRow(
        "FLEET",
        .generators,
        lines: { $0.lines.count },
        heading: { style, _ in style == .minimal ? 0 : 1 },
        open: { state, _ in state.openDetail() }
      )
    case .alarms:
      PaneRow(
        "ALARMS",
        lines: { $0.alarms.count },
        heading: { style, area in DashboardLayout.hasAlarmTable(area, style) ? 1 : 0 },
        generator: { state, line in
          state.alarms.indices.contains(line) ? state.alarms[line].generator : nil
        },
        open: { $0.goToGenerator(ofLine: $1, in: .alarms) }
      )
    case .events:
      PaneRow(
        "EVENTS",
        lines: { $0.eventsInSight },
        generator: { state, line in state.events(1, skipping: line).first?.generator },
        open: { $0.goToGenerator(ofLine: $1, in: .events) }
      )
    case .pipeline: PaneRow("PIPELINE", lines: { _ in HopID.allCases.count })
    case .regions:
      PaneRow(
        "REGIONS",
        lines: { $0.fleet.regionsByName().count },
        heading: { style, _ in style == .minimal ? 0 : 1 },
        open: { $0.showRegion(ofLine: $1) }
      )
    case .map: PaneRow("MAP", .map, open: { state, _ in state.openDetail() })
    case .overview:
      PaneRow(
        "OVERVIEW",
        .regions,
        lines: { $0.rankedRegions.count },
        heading: { style, _ in DashboardLayout.overviewFurniture(style) },
        open: { state, _ in state.openRegion() }
      )
    case .timeToEmpty: PaneRow("TIME TO EMPTY")
    case .nextEmpty:
      PaneRow(
        "NEXT EMPTY",
        lines: { $0.fleetSummary.emptying.count },
        open: { $0.revealEmptying(ofLine: $1) }
      )
    case .wall: PaneRow("WALL")
    case .log: PaneRow("LOG", .log, lines: { $0.log.count })
    case .detailFuel: PaneRow("FUEL", .generators)
    case .detailNow: PaneRow("NOW", .generators)
    case .detailTrends: PaneRow("TRENDS", .generators)
    case .detailPresence:
      PaneRow(
        "PRESENCE",
        lines: { state in state.subject.map { state.fleet.ownEvents[$0].count } ?? 0 }
      )
    case .detailRecord: PaneRow("LAST MESSAGES", lines: { $0.views.extent(of: .messages).lines })
    case .detailPath: PaneRow("PATH OF THE LAST RECORD", .generators)
    }
  }

  public var title: String { row.title }
}

/// All that there is to know of a pane but how it is drawn.
struct PaneRow: Sendable {
  /// What the keys that move, move in a pane.
  enum Cursor {
    /// The cursor of the list of the fleet.
    case generators
    /// The cursor on the map.
    case map
    /// The region under the cursor of the overview.
    case regions
    /// The line of the program's log.
    case log
    /// A cursor of the pane's own, on one of its lines.
    case lines
  }

  let title: String
  let cursor: Cursor
  /// How many lines its list has.
  let lines: @Sendable (DashboardState) -> Int
  /// How many rows names of columns and sums take, in an area of a style.
  let heading: @Sendable (DashboardLayout.Style, Rect) -> Int
  /// The generator that a line is about; nil where lines are about none.
  let generator: @Sendable (DashboardState, _ line: Int) -> GeneratorIndex?
  /// What Enter does on a line.
  let open: @Sendable (inout DashboardState, _ line: Int) -> Void

  init(
    _ title: String,
    _ cursor: Cursor = .lines,
    lines: @escaping @Sendable (DashboardState) -> Int = { _ in 0 },
    heading: @escaping @Sendable (DashboardLayout.Style, Rect) -> Int = { _, _ in 0 },
    generator: @escaping @Sendable (DashboardState, Int) -> GeneratorIndex? = { _, _ in nil },
    open: @escaping @Sendable (inout DashboardState, Int) -> Void = { _, _ in }
  ) {
    self.title = title
    self.cursor = cursor
    self.lines = lines
    self.heading = heading
    self.generator = generator
    self.open = open
  }
}
