/// What can fill the screen between the header and the hints: a set of panes, each in its place.
public enum ViewID: String, CaseIterable, Codable, Sendable {
  case ops, alarms, pipeline, wall, overview, detail, map, log

  /// The presets that `p` and `P` walk, in their order; the others are opened by a key of their own,
  /// and `Esc` leads back from them.
  public static let presets: [ViewID] = [.ops, .alarms, .pipeline, .wall]

  public var isPreset: Bool { Self.presets.contains(self) }

  /// What it is for, for help and completion.
  public var help: String {
    switch self {
    case .ops: "the fleet, with alarms, events and pipeline beside it"
    case .alarms: "alarms and events first"
    case .pipeline: "the hops first, with what happened"
    case .map: "the fleet on a map"
    case .wall: "big figures, to be read across a room"
    case .overview: "the regions, the worst first"
    case .log: "what egtop itself has to say"
    case .detail: "all of the generator under the cursor"
    }
  }

  /// Its panes in the order `Tab` walks them, whether they have room or not; a zoom shows any of them.
  public var panes: [PaneID] {
    switch self {
    case .ops: [.fleet, .alarms, .events, .pipeline, .regions]
    case .alarms: [.alarms, .events, .fleet]
    case .pipeline: [.pipeline, .events, .fleet]
    case .map: [.map, .fleet]
    case .wall: [.wall]
    case .overview: [.overview, .timeToEmpty, .nextEmpty, .alarms]
    case .log: [.log]
    case .detail:
      [
        .detailFuel, .detailNow, .detailTrends, .detailPresence, .detailRecord, .detailPath,
      ]
    }
  }
}
