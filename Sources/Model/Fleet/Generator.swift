/// How old a generator's data is, apart from what its MQTT session says.
public enum Freshness: UInt8, Codable, Sendable {
  /// A live sample within 1.5 expected intervals.
  case live
  /// None for more than 1.5 of them.
  case late
  /// None for more than 3.
  case stale
  /// No live sample yet: only retained messages, or none.
  case never

  public var word: String {
    switch self {
    case .live: "live"
    case .late: "late"
    case .stale: "stale"
    case .never: "never"
    }
  }
}

/// What the presence topic says of a generator's MQTT session.
public enum Session: UInt8, Codable, Sendable {
  case unknown
  case online
  /// The broker published its last will: it vanished without a goodbye.
  case lost
  /// It said goodbye.
  case disconnected

  public var isOffline: Bool { self == .lost || self == .disconnected }

  public var word: String {
    switch self {
    case .unknown: "unknown"
    case .online: "online"
    case .lost, .disconnected: "offline"
    }
  }
}

/// All that is known of one generator but its names and its history.
///
/// A flat value of some 700 bytes, changed in place by ``Fleet`` alone. Times are monotonic
/// nanoseconds unless the name says wall.
public struct Generator: Sendable {
  // What every tick looks at comes first, so that it lies together.

  public internal(set) var freshness = Freshness.never
  public internal(set) var session = Session.unknown
  /// What its newest enriched record said that had the field.
  public internal(set) var alarm = AlarmFlag.absent
  /// The alarms that stand; ``conditions`` have them after the next review.
  var alarms: AlarmKinds = []
  public internal(set) var conditions = Conditions.never
  /// Whether its silence was told in the events, and its return was not yet.
  var isReportedStale = false
  /// How what it sends and what its records say differ; nil if they do not.
  public internal(set) var difference: Difference?
  /// Whether ``reading`` is the raw one.
  public internal(set) var showsRaw = true
  public internal(set) var isInInventory = false
  /// Whether its fuel is an odd value that nothing followed, so that nobody can say whether it is true.
  public internal(set) var isDoubted = false
  /// Whether it is left out until it is heard: see ``Fleet/forget(_:)``.
  public internal(set) var isForgotten = false
  /// Whether ``tank`` is what it says of itself, and neither the inventory's word nor the fleet's.
  public internal(set) var tellsTank = false
  /// Whether it does not send a value again that has not changed.
  public internal(set) var sendsChanges = false
  /// The tag of its enriched records, else the inventory's, else 0.
  public internal(set) var region: RegionIndex = 0
  /// When the newest live (not retained) raw sample came.
  @CompactTime public internal(set) var sampleAt: Int64?
  /// When the first sample came after the newest enriched record; nil if none has.
  @CompactTime var unenrichedSince: Int64?
  /// Since when its fuel and the newest record's word have said different things; nil if they agree.
  @CompactTime var disagreesSince: Int64?
  /// The time of the newest enriched record: of its sample, else of the record itself.
  @CompactTime public internal(set) var enrichedAt: Int64?
  /// When an enriched record of a new sample last came.
  @CompactTime public internal(set) var enrichedReceivedAt: Int64?
  /// How many live raw samples came.
  public internal(set) var samples = 0
  public internal(set) var interval = IntervalEstimate()

  /// The newest raw values, retained ones included; what further metrics say has ``Fleet/rawReading(of:)``.
  public internal(set) var raw = CoreReading()
  /// The values of the newest enriched record.
  public internal(set) var enriched = CoreReading()
  /// The newest enriched record's own time: wall nanoseconds; nil if it had none.
  @CompactTime public internal(set) var enrichedWall: Int64?
  /// When the newest enriched record was written: wall nanoseconds; nil if it does not tell.
  ///
  /// The same as ``enrichedWall`` if the record tells no time of its sample.
  @CompactTime public internal(set) var enrichedRecordWall: Int64?
  /// When the raw sample that the newest enriched record was made of came; nil if we did not see it.
  @CompactTime public internal(set) var enrichedSampleAt: Int64?
  /// When the session's word came; nil for a retained one, which happened at an unknown time.
  @CompactTime public internal(set) var sessionAt: Int64?
  /// When any presence word last came, on the same count as samples.
  @CompactTime var presenceAt: Int64?
  /// Since when the raw fuel has been on the side of the refuel mark that it is on; `Int64.min` for not yet.
  var markSince = Int64.min
  /// Finite and above 0.
  public internal(set) var tank: Double
  /// Below so much fuel it is to be refuelled, in the unit of the fuel.
  public internal(set) var refuelMark: Double
  public internal(set) var trend = FuelTrend()

  /// Rated power in kW, and units burnt a second at full load, by the inventory; not a number where it does not say.
  var ratedPower = Float.nan
  var ratedBurn = Float.nan

  init(_ levels: TankLevels) { (tank, refuelMark) = (levels.tank, levels.refuelMark) }

  /// The values to show: the raw ones, unless there is an enriched record that must be newer.
  ///
  /// Further metrics are with the fleet: see ``Fleet/reading(of:)`` and ``Fleet/value(of:_:)``.
  public var reading: CoreReading { showsRaw ? raw : enriched }

  /// When the values shown were true; nil if nobody knows (a retained sample).
  public var readingAt: Int64? { showsRaw ? sampleAt : enrichedAt }

  /// Fuel in percent of the tank.
  ///
  /// Held within a million, so that it can be shown as a whole number whatever was sent.
  public var fuelPercent: Double? {
    reading.fuel.map { min(max($0 / tank * 100, -1e6), 1e6) }
  }

  /// Seconds until the tank is empty at the pace of late, seen at `now`; nil if nothing is known, if it
  /// burns so little that it would take a year, or if it stands by.
  public func timeToEmpty(at now: Int64) -> Double? {
    guard let fuel = reading.fuel else { return nil }
    if fuel <= 0 { return 0 }
    guard let burn = trend.burn, burn > 0, let readingAt else { return nil }
    let seconds = fuel / burn - now.seconds(since: readingAt)
    return seconds < 31_536_000 ? max(0, seconds) : nil
  }

  public var severity: Severity { conditions.worst }
}
