import Model
import Terminal

/// The panes that views are made of.
public enum PaneID: String, CaseIterable, Codable, Sendable {
  case fleet, alarms, events, pipeline, regions, map
  case overview, timeToEmpty, nextEmpty, wall, log, differences
  /// The panes of one generator.
  case detailFuel, detailNow, detailTrends, detailPresence, detailRecord, detailPath

  /// Its row in the table of panes, which is all that keys, mouse and layout know of it.
  var row: PaneRow {
    switch self {
    case .fleet:
      PaneRow(
        title: "FLEET",
        cursor: .generators,
        lines: { $0.lines.count },
        heading: { layout, _ in layout.style == .minimal ? 0 : 1 },
        open: { state, _ in state.openDetail() }
      )
    case .alarms:
      PaneRow(
        title: "ALARMS",
        lines: { $0.alarms.count },
        heading: { layout, area in layout.hasAlarmTable(area) ? 1 : 0 },
        generator: { state, line in
          state.alarms.indices.contains(line) ? state.alarms[line].generator : nil
        },
        open: { $0.goToGenerator(ofLine: $1, in: .alarms) }
      )
    case .events:
      PaneRow(
        title: "EVENTS",
        lines: { $0.eventLines.count },
        generator: { state, line in
          state.eventLines.indices.contains(line) ? state.eventLines[line].generator : nil
        },
        open: { $0.openEvent(ofLine: $1) }
      )
    case .pipeline: PaneRow(title: "PIPELINE", lines: { _ in HopID.allCases.count })
    case .regions:
      PaneRow(
        title: "REGIONS",
        lines: { $0.regionsByName.count },
        heading: { layout, _ in layout.style == .minimal ? 0 : 1 },
        open: { $0.showRegion(ofLine: $1) }
      )
    case .map: PaneRow(title: "MAP", cursor: .map, open: { state, _ in state.openDetail() })
    case .overview:
      PaneRow(
        title: "OVERVIEW",
        cursor: .regions,
        lines: { $0.rankedRegions.count },
        heading: { layout, _ in layout.style == .boxed ? 3 : layout.style == .ruled ? 2 : 0 },
        open: { state, _ in state.openRegion() }
      )
    case .timeToEmpty: PaneRow(title: "TIME TO EMPTY")
    case .nextEmpty:
      PaneRow(
        title: "NEXT EMPTY",
        lines: { $0.fleetSummary.emptying.count },
        open: { $0.revealEmptying(ofLine: $1) }
      )
    case .wall: PaneRow(title: "WALL")
    case .log: PaneRow(title: "LOG", cursor: .log, lines: { $0.log.count })
    case .differences:
      PaneRow(
        title: "RAW AGAINST ENRICHED",
        lines: { $0.differences.count },
        generator: { state, line in
          state.differences.indices.contains(line) ? state.differences[line] : nil
        },
        open: { $0.goToGenerator(ofLine: $1, in: .differences) }
      )
    case .detailFuel: PaneRow(title: "FUEL", cursor: .generators)
    case .detailNow: PaneRow(title: "NOW", cursor: .generators)
    case .detailTrends: PaneRow(title: "TRENDS", cursor: .generators)
    case .detailPresence:
      PaneRow(
        title: "PRESENCE",
        lines: { state in state.subject.map { state.fleet.ownEvents[$0].count } ?? 0 }
      )
    case .detailRecord:
      PaneRow(title: "LAST MESSAGES", lines: { $0.views.extent(of: .messages).lines })
    case .detailPath: PaneRow(title: "PATH OF THE LAST RECORD", cursor: .generators)
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
  var cursor = Cursor.lines
  /// How many lines its list has.
  var lines: @Sendable (DashboardState) -> Int = { _ in 0 }
  /// How many rows names of columns and sums take, in an area of a layout.
  var heading: @Sendable (DashboardLayout, Rect) -> Int = { _, _ in 0 }
  /// The generator that a line is about; nil where lines are about none.
  var generator: @Sendable (DashboardState, _ line: Int) -> GeneratorIndex? = { _, _ in nil }
  /// What Enter does on a line.
  var open: @Sendable (inout DashboardState, _ line: Int) -> Void = { _, _ in }
}
