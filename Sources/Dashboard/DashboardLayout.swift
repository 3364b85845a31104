public import Terminal

/// The panes, in the order `Tab` walks them.
public enum PaneID: String, CaseIterable, Codable, Sendable {
  case fleet, alarms, events, pipeline, regions

  public var title: String {
    switch self {
    case .fleet: "FLEET"
    case .alarms: "ALARMS"
    case .events: "EVENTS"
    case .pipeline: "PIPELINE"
    case .regions: "REGIONS"
    }
  }
}

/// Where everything is on a screen of a given size: the only place that knows.
public struct DashboardLayout: Equatable, Sendable {
  public enum Style: Equatable, Sendable {
    /// Panes in frames: from 100 columns and 30 rows.
    case boxed
    /// Panes under a rule, to save columns and rows: from 40 columns and 10 rows.
    case ruled
    /// The header and a bare list: whatever is smaller.
    case minimal
  }

  public struct Place: Equatable, Sendable {
    public var pane: PaneID
    /// All of the pane, with its frame or rule.
    public var area: Rect
  }

  public let style: Style
  public let header: Rect
  /// The strip of regions; empty where there is a pane of regions, or no room.
  public let strip: Rect
  /// The panes that have a place, in the order of ``PaneID``.
  public let places: [Place]
  /// The line of key hints at the bottom; empty on very small screens.
  public let hints: Rect

  /// The layout of a `width` by `height` screen, with one pane alone if `zoomed` names it.
  public init(width: Int, height: Int, zoomed: PaneID? = nil) {
    let screen = Rect(x: 0, y: 0, width: max(0, width), height: max(0, height))
    let isBoxed = screen.width >= 100 && screen.height >= 30
    let isRuled = !isBoxed && screen.width >= 40 && screen.height >= 10
    style = isBoxed ? .boxed : isRuled ? .ruled : .minimal
    let (header, below) = screen.split(top: style == .minimal ? 1 : 2)
    let hasHints = screen.height >= 6
    let (hints, body) = below.split(bottom: hasHints ? 1 : 0)
    self.header = header
    self.hints = hints
    let isWide = isBoxed && screen.width >= 160 && screen.height >= 40
    let hasStrip = !isWide && style != .minimal && screen.height >= 16
    let (strip, panes) = body.split(top: hasStrip ? 1 : 0)
    self.strip = strip
    if let zoomed {
      places = [Place(pane: zoomed, area: panes)]
    } else if isWide {
      places = Self.wide(panes)
    } else if isBoxed {
      places = Self.boxed(panes)
    } else if isRuled {
      places = Self.ruled(panes)
    } else {
      places = [Place(pane: .fleet, area: panes)]
    }
  }

  /// The place of `pane`; nil if it has none at this size.
  public func area(of pane: PaneID) -> Rect? { places.first { $0.pane == pane }?.area }

  /// What is left of a pane's area inside its frame or under its rule.
  public func inside(_ area: Rect) -> Rect {
    switch style {
    case .boxed: area.inset(columns: 1, rows: 1)
    case .ruled: area.split(top: 1).rest
    case .minimal: area
    }
  }

  /// How many rows a list has in `pane`: without frame, rule and names of columns.
  public func listRows(of pane: PaneID) -> Int {
    guard let area = area(of: pane) else { return 0 }
    let hasHeading = style != .minimal && (pane == .fleet || pane == .regions)
    let heading = hasHeading ? 1 : 0
    return max(0, inside(area).height - heading)
  }

  private static func boxed(_ body: Rect) -> [Place] {
    let (pipeline, rest) = body.split(bottom: 7)
    let lower = min(max(7, rest.height / 3), 14)
    let (lists, fleet) = rest.split(bottom: lower)
    let (alarms, events) = lists.split(left: lists.width * 11 / 20)
    return [
      Place(pane: .fleet, area: fleet), Place(pane: .alarms, area: alarms),
      Place(pane: .events, area: events), Place(pane: .pipeline, area: pipeline),
    ]
  }

  private static func wide(_ body: Rect) -> [Place] {
    let (pipeline, rest) = body.split(bottom: 7)
    let (lists, upper) = rest.split(bottom: min(max(8, rest.height / 3), 18))
    let (regions, fleet) = upper.split(left: 46)
    let (alarms, events) = lists.split(left: lists.width / 2)
    return [
      Place(pane: .fleet, area: fleet), Place(pane: .alarms, area: alarms),
      Place(pane: .events, area: events), Place(pane: .pipeline, area: pipeline),
      Place(pane: .regions, area: regions),
    ]
  }

  private static func ruled(_ body: Rect) -> [Place] {
    // The fleet and its alarms come first; what has no room is a Tab and a zoom away.
    let pipelineRows = body.height >= 13 ? 2 : 0
    let eventRows = body.height >= 26 ? 5 : body.height >= 16 ? 3 : 0
    let alarmRows = body.height >= 26 ? 7 : body.height >= 22 ? 5 : body.height >= 11 ? 4 : 0
    let (pipeline, upper) = body.split(bottom: pipelineRows)
    let (events, middle) = upper.split(bottom: eventRows)
    let (alarms, fleet) = middle.split(bottom: alarmRows)
    return [
      Place(pane: .fleet, area: fleet), Place(pane: .alarms, area: alarms),
      Place(pane: .events, area: events), Place(pane: .pipeline, area: pipeline),
    ].filter { !$0.area.isEmpty }
  }
}
