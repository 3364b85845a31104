/// The numbers that the fleet is judged by; all can be configured.
public struct FleetPolicy: Codable, Equatable, Sendable {
  /// Size of a tank, for generators whose inventory entry has none.
  public var tank = 1_000.0
  /// The unit of fuel, empty if it has none (as in the article).
  public var unit = ""
  /// Fuel strictly below this wants refuelling (the article's task: 500).
  public var refuelMark = Convention.refuelMark
  /// A refuel alarm is of priority 1 at or below this share of the tank, in percent.
  public var criticalPercent = 10.0
  /// A refuel alarm is of priority 1 when the tank is empty within this many seconds.
  public var criticalSeconds = 600.0
  /// A generator is dry soon when its tank will be empty within this many seconds.
  public var drySoonSeconds = 3_600.0
  /// The window of the enrichment task in seconds (the article: every minute).
  public var window = 60.0
  /// Seconds between samples that are expected of a generator before its own pace is known.
  public var expectedInterval = 30.0
  /// Values that mean none, whatever they are of: what controllers write where nothing is fitted or all is out of range.
  public var unknownValues: [Double] = [65_535, 32_767, 2_147_483_647, 4_294_967_295, -999]
  /// Whether raw samples are read at all, from MQTT or from the raw topic.
  public var hasRawFeed = true
  /// Whether raw samples are read from the raw topic and not from MQTT.
  public var rawFeedIsKafka = false
  /// Whether enriched records are read.
  public var hasEnrichedFeed = true
  /// Whether the raw topic is read besides MQTT, to measure the bridge.
  public var tailsRawTopic = false
  /// The consumer groups of the sink, as they were named; nil if none was.
  public var sinkGroup: String?

  public init() {}
}

extension FleetPolicy {
  /// What its numbers may be, in settings and in recordings.
  public enum Bounds {
    public static let tank = 0.001...1e9
    public static let refuelMark = 0...1e9
    public static let criticalPercent = 0...100.0
    public static let criticalSeconds = 0...86_400.0
    public static let drySoonSeconds = 0...86_400.0
    public static let window = 1...86_400.0
    public static let expectedInterval = 0.001...86_400
  }

  /// The name of one of its numbers that is out of ``Bounds``; nil if none is.
  public var oddNumber: String? {
    let numbers = [
      ("tank", tank, Bounds.tank), ("refuelMark", refuelMark, Bounds.refuelMark),
      ("criticalPercent", criticalPercent, Bounds.criticalPercent),
      ("criticalSeconds", criticalSeconds, Bounds.criticalSeconds),
      ("drySoonSeconds", drySoonSeconds, Bounds.drySoonSeconds),
      ("window", window, Bounds.window),
      ("expectedInterval", expectedInterval, Bounds.expectedInterval),
    ]
    return numbers.first { !$0.2.contains($0.1) }?.0
  }

  /// Reads what was recorded; what there was not then is as it is by default.
  public init(from decoder: any Decoder) throws {
    self.init()
    let recorded = try decoder.container(keyedBy: CodingKeys.self)
    func read<Value: Decodable>(_ key: CodingKeys, into value: inout Value) throws {
      if let found = try recorded.decodeIfPresent(Value.self, forKey: key) { value = found }
    }
    try read(.tank, into: &tank)
    try read(.unit, into: &unit)
    try read(.refuelMark, into: &refuelMark)
    try read(.criticalPercent, into: &criticalPercent)
    try read(.criticalSeconds, into: &criticalSeconds)
    try read(.drySoonSeconds, into: &drySoonSeconds)
    try read(.window, into: &window)
    try read(.expectedInterval, into: &expectedInterval)
    try read(.unknownValues, into: &unknownValues)
    try read(.hasRawFeed, into: &hasRawFeed)
    try read(.rawFeedIsKafka, into: &rawFeedIsKafka)
    try read(.hasEnrichedFeed, into: &hasEnrichedFeed)
    try read(.tailsRawTopic, into: &tailsRawTopic)
    sinkGroup = try recorded.decodeIfPresent(String.self, forKey: .sinkGroup)
  }
}
