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
    options.recordingFile = file
    return options
  }

  /// See ``openingOptions(recordedTo:)``; the marks, the events of before and what was typed are not in
  /// it.
  ///
  /// Takes its time with a large fleet.
  public var openingEvents: [Event] {
    let events = fleet.retold(at: now).map { Event.Kind.feed($0) }
    let all = [.resize(width: width, height: height)] + events + [.tick, .frame]
    return all.map { Event($0, at: now) }
  }

  /// The state without the last hour of each generator: enough for a report, and cheap to keep while
  /// the fleet goes on.
  public var forReport: DashboardState {
    var state = self
    state.fleet.forgetHistory()
    return state
  }
}
