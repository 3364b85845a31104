import Model
import Wording

extension DashboardState {
  /// How many events came up since what is shown.
  public var eventsSince: Int { liveFleet.events.total - fleet.events.total }

  /// How many alarms were raised since what is shown.
  public var alarmsSince: Int { liveFleet.alarmsRaised - fleet.alarmsRaised }

  // MARK: - Moving in time

  /// Freezes the present, or goes back to it.
  mutating func toggleFreeze() {
    if timeline.isLive { timeline.freeze() } else { goLive() }
  }

  /// Shows the present again.
  mutating func goLive() {
    guard let view = timeline.goLive() else { return }
    fitToMoment(lost: view.lost)
    if let inspection, fleet.has(inspection.generator) {
      let recordAt = fleet.generators[Int(inspection.generator)].enrichedReceivedAt
      self.inspection?.skipRecord(recordAt)
    }
  }

  /// Moves in time, from the present too: to a whole second of the clock, so that the same moment is always the same.
  mutating func step(seconds: Int64) {
    guard !timeline.isLive || seconds < 0 else {
      return say("this is the present; \(keys.name(of: .stepBack)) goes back in time")
    }
    let time = timeline.time(after: seconds)
    guard time < present.monotonic else { return goLive() }
    show(time)
  }

  mutating func goToEarlierEvent() {
    guard let time = past.mark(before: now.monotonic) else {
      return say(past.reach == nil ? whyNoPast : "there is no event or alarm before, \(reachText)")
    }
    show(time)
  }

  mutating func goToLaterEvent() {
    guard !timeline.isLive else {
      return say("this is the present; \(keys.name(of: .earlierEvent)) goes to the event before")
    }
    guard let time = past.mark(after: now.monotonic) else {
      return say("there is no event or alarm since; \(keys.name(of: .freeze)) goes back to live")
    }
    show(time)
  }

  /// Shows the world as it was at a monotonic time, or at the earliest there is.
  private mutating func show(_ wanted: Int64) {
    guard let reach = past.reach else { return say(whyNoPast) }
    let time = max(wanted, reach.monotonic)
    if time > wanted { say("this is the earliest there is, \(reachText)") }
    if timeline.show(time) { fitToMoment(lost: pastView?.lost) }
  }

  /// Fits what the operator chose to see to the fleet that is shown now.
  private mutating func fitToMoment(lost: GeneratorIndex?) {
    timeline.rememberLost(list.fit(to: timeline.fleet, lost: lost))
    overview.forget()
    map.isOld = true
    findRegions()
    askOrder(for: .sort)
  }

  private var reachText: String {
    guard let reach = past.reach else { return "" }
    let offset = times == .utc ? 0 : options.utcOffset
    return "back to \(CivilTime(wall: reach.wall, offset: offset).timeOfDay)"
  }

  /// Why there is nothing to go back to.
  private var whyNoPast: String {
    if past.isTooLarge {
      let megabytes = 2 * liveFleet.footprint / 1_000_000 + 1
      return "looking back at so large a fleet needs --history-memory \(megabytes)"
    }
    return past.budget == 0 ? "no past is kept: see --history-memory" : "nothing has come yet"
  }

  // MARK: - Away

  /// The shell is about to stop the program.
  mutating func noteSuspension() {
    absence = Absence(since: present.monotonic, alarms: liveFleet.alarmsRaised)
  }

  /// The program goes on: with the present, whatever was shown.
  mutating func noteReturn() {
    goLive()
    let now = present.monotonic
    absence?.endedAt = now
    if absence == nil { say("back; data kept coming in") }
    tellAbsence()
  }

  /// Tells for some seconds how long the program was away and what came up meanwhile: it comes in
  /// after the return.
  mutating func tellAbsence() {
    guard let absence, let endedAt = absence.endedAt else { return }
    guard !absence.isOld(at: present.monotonic) else {
      self.absence = nil
      return
    }
    // What was said of a key pressed meanwhile is not taken away.
    guard absence.told == nil || notice?.text == absence.told else { return }
    let text = absence.words(alarms: liveFleet.alarmsRaised)
    self.absence?.told = text
    notice = Notice(text: text, until: endedAt &+ 8_000_000_000)
  }
}
