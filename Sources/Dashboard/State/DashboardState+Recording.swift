import Model

extension DashboardState {
  /// How a recording begins that is made from now on: a state of these options that first sees
  /// ``openingEvents`` shows the fleet as it is now.
  public func openingOptions(recordedTo file: String) -> DashboardOptions {
    var options = options
    options.remembered = chosen
    (options.hiddenColumns, options.isGrouped, options.view) = (nil, nil, view)
    options.regions = regions
    options.filter = filter.text
    options.sort = sort
    options.times = times
    options.theme = theme
    options.themes = themes
    options.keys = keys
    options.runValues = runValues
    options.usesMouse = usesMouse
    options.abnormalOnly = abnormalOnly
    options.recordingFile = file
    return options
  }

  /// What such a state first sees: the world of the present, whatever is shown.
  ///
  /// The marks, the cursor, zoom, folded groups, the events of before and what was typed are not in it.
  /// Takes its time with a large fleet.
  public var openingEvents: [Event] {
    let events = liveFleet.retold(at: present).map { Event.Kind.feed($0) }
    let all = [.resize(width: width, height: height)] + events + [.tick, .frame]
    return all.map { Event($0, at: present) }
  }

  /// The state without the last hour of each generator: enough for a report, and cheap to keep while
  /// the fleet goes on.
  public var forReport: DashboardState {
    var state = self
    state.fleet.forgetHistory()
    return state
  }
}
