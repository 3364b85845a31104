public import Model

/// That a moment which is past is shown, and the present goes on behind it.
public struct PastView: Sendable {
  /// One, in an array: a state is handed on so often that it is not to carry the room for a second fleet.
  fileprivate var fleets: [Fleet]
  /// Whether the moment was chosen; else it is the one at which the view was frozen.
  public internal(set) var isChosen = false
  /// The generator that was under the cursor, where it was not heard of yet.
  var lost: GeneratorIndex?

  init(live: Fleet) { fleets = [live] }

  /// The fleet of the present.
  public internal(set) var live: Fleet {
    _read { yield fleets.span[0] }
    _modify { yield &fleets[0] }
  }
}

/// The world of the present and that of the past, and which of them is shown.
struct Timeline: Sendable {
  /// The fleet that is shown: that of the present, or of a moment that is past.
  private(set) var fleet: Fleet
  /// The time of what is shown.
  private(set) var now = Stamp(monotonic: 0, wall: 0)
  /// The time of the last event: ``now``, unless the past is shown.
  private(set) var present = Stamp(monotonic: 0, wall: 0)
  /// Set while the past is shown.
  private(set) var pastView: PastView?
  /// From which moments that are past can be had again.
  private(set) var past: Past
  /// Whether the fleet is that of another moment than at the last frame.
  private(set) var isOtherMoment = false

  /// The fleet of the present, whatever is shown.
  var live: Fleet {
    _read {
      if let fleets = pastView?.fleets { yield fleets.span[0] } else { yield fleet }
    }
  }

  /// What is known of the feeds in the present.
  var traffic: Traffic { pastView?.live.traffic ?? fleet.traffic }

  /// Whether the present is shown.
  var isLive: Bool { pastView == nil }

  /// Whether the past has still to be read from Kafka: what comes up then is no news.
  var awaitsHistory: Bool { live.policy.hasEnrichedFeed && !live.traffic.hasReadHistory }

  /// Whether it is being read now; with the cluster away nobody knows when that will be over.
  private var isReadingHistory: Bool { awaitsHistory && live.traffic.status(.kafka).isConnected }

  // MARK: - The present

  mutating func advance(to stamp: Stamp) {
    present = stamp
    if isLive { now = stamp }
  }

  /// Lets an event change the world of the present, which is the one shown or goes on behind it.
  mutating func record(_ event: Event) {
    let before = newsCount
    if isLive {
      past.note(event, before: fleet)
      fleet.apply(event)
    } else {
      past.note(event, before: live)
      pastView?.live.apply(event)
    }
    if newsCount != before, !isReadingHistory { past.mark(at: event.stamp.monotonic) }
  }

  private var newsCount: Int { pastView?.live.newsCount ?? fleet.newsCount }

  /// The generators that changed since the last frame in the fleet that is shown.
  mutating func takeChanges() -> [GeneratorIndex] { fleet.takeChanges() }

  /// The same of the present behind the past; nil while the present is shown.
  mutating func takeHiddenChanges() -> [GeneratorIndex]? { pastView?.live.takeChanges() }

  /// Notes that a frame has shown the moment.
  mutating func noteShown() { isOtherMoment = false }

  mutating func forgetHistory() { fleet.forgetHistory() }

  // MARK: - The past

  /// Lets what is shown stay as it is, while the present goes on behind it.
  mutating func freeze() {
    if isLive { pastView = PastView(live: fleet) }
  }

  /// Shows the world as it was at a time for which there is a moment; false if there is none.
  mutating func show(_ time: Int64) -> Bool {
    guard let moment = past.moment(at: time) else { return false }
    freeze()
    pastView?.isChosen = true
    fleet = moment.fleet
    now = moment.stamp.at(monotonic: time)
    isOtherMoment = true
    return true
  }

  /// Shows the present again.
  ///
  /// - Returns: What was kept of the past view; nil if the present is shown already.
  mutating func goLive() -> PastView? {
    guard let view = pastView else { return nil }
    fleet = view.live
    pastView = nil
    now = present
    past.forgetMoments()
    isOtherMoment = true
    return view
  }

  /// Keeps in mind who was under the cursor in the present and was not heard of yet in the past.
  mutating func rememberLost(_ generator: GeneratorIndex?) { pastView?.lost = generator }

  /// To a whole second of the clock, so that the same moment is always the same.
  func time(after seconds: Int64) -> Int64 {
    let second: Int64 = 1_000_000_000
    let intoSecond = ((now.wall % second) + second) % second
    return now.monotonic &- intoSecond &+ seconds * second
  }
}

extension Fleet {
  /// Grows with each event and alarm.
  fileprivate var newsCount: Int { events.total &+ alarmsRaised }
}
