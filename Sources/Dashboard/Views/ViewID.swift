import Terminal

/// What can fill the screen between the header and the hints: a set of panes, each in its place.
///
/// The order is that in which `p` and `P` walk the presets.
public enum ViewID: String, CaseIterable, Codable, Sendable {
  case ops, alarms, pipeline, wall, overview, detail, map, log, differences

  /// Its row in the table of views, which is all that layout, keys, hints and completion know of it.
  var row: ViewRow {
    switch self {
    case .ops:
      ViewRow(
        help: "the fleet, with alarms, events and pipeline beside it",
        panes: [.fleet, .alarms, .events, .pipeline, .regions],
        places: DashboardLayout.ops
      )
    case .alarms:
      ViewRow(
        help: "alarms and events first",
        panes: [.alarms, .events, .fleet],
        places: DashboardLayout.alarms
      )
    case .pipeline:
      ViewRow(
        help: "the hops first, with what happened",
        panes: [.pipeline, .events, .fleet],
        places: DashboardLayout.pipeline
      )
    case .wall:
      ViewRow(
        help: "big figures, to be read across a room",
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
    case .differences:
      ViewRow(
        help: "raw against enriched: who is missing, late or told otherwise",
        access: .aside,
        panes: [.differences, .pipeline],
        places: DashboardLayout.differences,
        atTick: { $0.listDifferences() },
        hints: [
          (.back, "back"), (.open, "go to it"), (.filter, "filter"), (.regionPicker, "region"),
          (.nextPane, "pane"), (.zoom, "zoom"), (.commandLine, "command"), (.help, "help"),
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

/// What stands in the line above the panes of a view.
public enum ViewStrip: Sendable {
  case nothing
  /// The regions, to choose from.
  case regions
  /// The name of the generator that is looked at, and how it is.
  case generator
}

/// All that there is to know of a view.
struct ViewRow: Sendable {
  /// How one gets to a view and away from it.
  enum Access {
    /// `p` and `P` walk it; it is what others lead back to.
    case preset
    /// A command of its own shows it, and leads back to the preset as `Esc` does.
    case aside
    /// It shows the generator under the cursor, and `Esc` leads back to the view it was opened from.
    case ofGenerator
  }

  let help: String
  var access = Access.preset
  var strip = ViewStrip.regions
  let panes: [PaneID]
  /// The places of its panes in what is left of the screen; those that are empty are left out.
  let places: @Sendable (DashboardLayout.Body) -> [PaneID: Rect]
  /// What is worked out for it at a tick, and when it opens.
  var atTick: @Sendable (inout DashboardState) -> Void = { _ in }
  var hints: [(command: Command, word: String)]?
}
