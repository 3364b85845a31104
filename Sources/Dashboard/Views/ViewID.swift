import Terminal

/// What can fill the screen between the header and the hints: a set of panes, each in its place.
///
/// The order is that in which `p` and `P` walk the presets.
public enum ViewID: String, CaseIterable, Codable, Sendable {
  case ops, alarms, pipeline, wall, overview, detail, map, log

  /// Its row in the table of views, which is all that layout, keys, hints and completion know of it.
  var row: ViewRow {
    switch self {
    case .ops:
      ViewRow(
        help: "the fleet, with alarms, events and pipeline beside it",
        access: .preset,
        panes: [.fleet, .alarms, .events, .pipeline, .regions],
        places: DashboardLayout.ops
      )
    case .alarms:
      ViewRow(
        help: "alarms and events first",
        access: .preset,
        panes: [.alarms, .events, .fleet],
        places: DashboardLayout.alarms
      )
    case .pipeline:
      ViewRow(
        help: "the hops first, with what happened",
        access: .preset,
        panes: [.pipeline, .events, .fleet],
        places: DashboardLayout.pipeline
      )
    case .wall:
      ViewRow(
        help: "big figures, to be read across a room",
        access: .preset,
        strip: .nothing,
        panes: [.wall],
        places: { [.wall: $0.area] },
        atTick: { $0.sumUpFleet() }
      )
    case .overview:
      ViewRow(
        help: "the regions, the worst first",
        access: .aside,
        strip: .nothing,
        panes: [.overview, .timeToEmpty, .nextEmpty, .alarms],
        places: DashboardLayout.overview,
        atTick: {
          $0.sumUpFleet()
          $0.rankRegions()
        },
        hints: [
          (.back, "back"), (.open, "its fleet"), (.nextPane, "pane"), (.zoom, "zoom"),
          (.nextPreset, "view"), (.showMap, "map"), (.commandLine, "command"), (.help, "help"),
        ]
      )
    case .detail:
      ViewRow(
        help: "everything about the generator under the cursor",
        access: .ofGenerator,
        strip: .generator,
        panes: [
          .detailFuel, .detailNow, .detailTrends, .detailPresence, .detailRecord, .detailPath,
        ],
        places: DashboardLayout.detail,
        hints: [
          (.back, "back"), (.down, "next"), (.up, "before"), (.nextAlarm, "next alarm"),
          (.nextPane, "pane"), (.zoom, "zoom"), (.payloadForm, "messages"), (.copyID, "copy id"),
          (.times, "times"), (.help, "help"),
        ]
      )
    case .map:
      ViewRow(
        help: "the fleet on a map",
        access: .aside,
        panes: [.map, .fleet],
        places: DashboardLayout.map,
        hints: [
          (.back, "back"), (.open, "detail"), (.sortRight, "nearer"), (.sortLeft, "farther"),
          (.first, "fit"), (.nextAlarm, "next alarm"), (.filter, "filter"),
          (.regionPicker, "region"), (.nextPane, "pane"), (.help, "help"),
        ]
      )
    case .log:
      ViewRow(
        help: "egtop's own log",
        access: .aside,
        strip: .nothing,
        panes: [.log],
        places: { [.log: $0.area] },
        hints: [
          (.back, "back"), (.last, "to the end"), (.pageUp, "page up"), (.commandLine, "command"),
          (.help, "help"),
        ]
      )
    }
  }
}

extension ViewID {
  /// The presets that `p` and `P` walk, in their order; the others are opened by a key of their own,
  /// and `Esc` leads back from them.
  public static let presets = allCases.filter(\.isPreset)

  public var isPreset: Bool { row.access == .preset }

  /// What it is for, for help and completion.
  public var help: String { row.help }

  /// Its panes in the order `Tab` walks them, whether they have room or not; a zoom shows any of them.
  public var panes: [PaneID] { row.panes }

  /// What stands above its panes, where there is room.
  public var strip: ViewStrip { row.strip }

  /// What the line of hints offers in this view, with its words; nil for the keys of all.
  public var hints: [(command: Command, word: String)]? { row.hints }
}
