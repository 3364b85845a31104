import Wording
public import Model

/// That a moment which is past is shown, and the present goes on behind it.
public struct PastView: Sendable {
  /// The fleet of the present.
  public internal(set) var live: Fleet
  /// Whether the moment was chosen; else it is the one at which the view was frozen.
  public internal(set) var isChosen = false
  /// The generator that was under the cursor, where it was not heard of yet.
  var lost: GeneratorIndex?
}

/// That the program was stopped for some time.
struct Absence: Sendable {
  var since: Int64
  /// How many alarms had been raised before.
  var alarms: Int
  /// When it was over; nil while it lasts.
  var endedAt: Int64?
  /// What was said of it last.
  var told: String?
}

extension DashboardState {
  /// The fleet of the present, whatever is shown.
  public var liveFleet: Fleet { pastView?.live ?? fleet }

  /// How many events came up since what is shown.
  public var eventsSince: Int { liveFleet.events.total - fleet.events.total }

  /// How many alarms were raised since what is shown.
  public var alarmsSince: Int { liveFleet.alarmsRaised - fleet.alarmsRaised }

  /// Lets an event change the world of the present, which is the one shown or goes on behind it.
  mutating func hear(_ event: Event) {
    let before: Int
    let after: Int
    if pastView == nil {
      past.note(event, before: fleet)
      before = fleet.newsCount
      fleet.take(event)
      after = fleet.newsCount
    } else {
      past.note(event, before: liveFleet)
      before = liveFleet.newsCount
      pastView?.live.take(event)
      after = liveFleet.newsCount
    }
    if after != before, !isReadingHistory { past.mark(at: event.stamp.monotonic) }
  }

  /// Whether the past has still to be read from Kafka: what comes up then is no news.
  var awaitsHistory: Bool {
    options.policy.hasEnrichedFeed && !liveFleet.traffic.hasReadHistory
  }

  /// Whether it is being read now; with the cluster away nobody knows when that will be over.
  private var isReadingHistory: Bool {
    awaitsHistory && liveFleet.traffic.status(.kafka).isConnected
  }

  // MARK: - Moving in time

  /// Freezes the present, or goes back to it.
  mutating func toggleFreeze() {
    guard pastView == nil else { return goLive() }
    pastView = PastView(live: fleet)
  }

  /// Shows the present again.
  mutating func goLive() {
    guard let view = pastView else { return }
    fleet = view.live
    settle()
    pastView = nil
    now = present
    past.forgetMoments()
    if let inspection, fleet.has(inspection.generator) {
      self.inspection?.passOver(fleet.generators[Int(inspection.generator)].enrichedReceivedAt)
    }
  }

  /// Moves in time, from the present too: to a whole second of the clock, so that the same moment is always the same.
  mutating func step(seconds: Int64) {
    let second: Int64 = 1_000_000_000
    guard pastView != nil || seconds < 0 else {
      return say("this is the present; \(keys.name(of: .stepBack)) goes back in time")
    }
    let intoSecond = ((now.wall % second) + second) % second
    let time = now.monotonic &- intoSecond &+ seconds * second
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
    guard pastView != nil else {
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
    guard let moment = past.moment(at: time) else { return }
    if pastView == nil { pastView = PastView(live: fleet) }
    pastView?.isChosen = true
    fleet = moment.fleet
    now = moment.stamp.at(monotonic: time)
    settle()
  }

  /// Fits what the operator chose to see to the fleet that is shown now.
  private mutating func settle() {
    if let guest, !fleet.has(guest) { self.guest = nil }
    if let selection, !fleet.has(selection) {
      pastView?.lost = selection
      self.selection = nil
    } else if let lost = pastView?.lost, isAtTop, fleet.has(lost) {
      // The cursor was put at the top, and nobody has moved it since.
      (selection, isAtTop) = (lost, false)
      pastView?.lost = nil
    }
    fleetIsOther = true
    (fleetSummary, rankedRegions) = (FleetSummary(), [])
    map.isOld = true
    findRegions()
    need(.sort)
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
      return "to look back at so large a fleet takes --history-memory \(megabytes)"
    }
    return past.budget == 0 ? "no past is kept: see --history-memory" : "nothing has come yet"
  }

  // MARK: - Away

  /// The shell is about to stop the program.
  mutating func leave() {
    absence = Absence(since: present.monotonic, alarms: liveFleet.alarmsRaised)
  }

  /// The program goes on: with the present, whatever was shown.
  mutating func comeBack() {
    goLive()
    absence?.endedAt = present.monotonic
    if absence == nil { say("back; the data went on meanwhile") }
    tellAbsence()
  }

  /// Tells for some seconds how long the program was away and what came up meanwhile: it comes in
  /// after the return.
  mutating func tellAbsence() {
    guard let absence, let endedAt = absence.endedAt else { return }
    guard present.monotonic.seconds(since: endedAt) < 5 else {
      self.absence = nil
      return
    }
    let alarms = liveFleet.alarmsRaised - absence.alarms
    let away = Figures.span(endedAt.seconds(since: absence.since))
    let text = "away \(away), \(Phrases.count(alarms, "new alarm"))"
    // What was said of a key pressed meanwhile is not taken away.
    guard absence.told == nil || notice?.text == absence.told else { return }
    self.absence?.told = text
    notice = (text, endedAt &+ 8_000_000_000)
  }
}

extension Fleet {
  /// Grows with each event and alarm.
  fileprivate var newsCount: Int { events.total &+ alarmsRaised }
}
