import Model

extension DashboardState {
  /// How a recording begins that is made from now on: a state of these options that sees these events
  /// first shows the fleet as it is now.
  ///
  /// The marks, the events of before and what was typed are not in it.
  public func opening(
    recordedTo file: String
  ) -> (options: DashboardOptions, events: [Event.Kind]) {
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
    let events = fleet.retold(at: now).map { Event.Kind.feed($0) }
    return (options, [.resize(width: width, height: height)] + events + [.tick, .frame])
  }
}
