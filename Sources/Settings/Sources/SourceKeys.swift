internal import Model
internal import YAML

/// What a source can say, key by key.
enum SourceKeys {
  /// Read when a source is made of its profile and its roots.
  static let outside = ["profile", "root"]

  static let source: [YAMLKey<Source>] = [
    YAMLKey("name", \.name, SourceText.name),
    YAMLKey("topics", \.topics, SourceText.filters),
    YAMLKey("kafka", \.kafkaTopics, SourceText.kafkaTopics),
    YAMLKey("sparkplug", \.sparkplug, SparkplugKeys.rule),
    YAMLKey("each", \.each, SourceText.anyPath),
    YAMLKey("where", \.condition, condition),
    YAMLKey("id", \.id, SourceText.template),
    YAMLKey("region", \.region, SourceText.template),
    YAMLKey("rename", \.rename, rename),
    YAMLKey("time", \.time, time),
    YAMLKey("tank", \.tank, tank),
    YAMLKey("refuelMark", \.refuelMark, refuelMark),
    YAMLKey("sends", \.sendsChanges, SourceText.choice("changes", else: "all")),
    YAMLKey("keepAlive", \.keepsAlive) { (node) throws(YAMLError) in try node.bool() },
    YAMLKey("decimal", \.hasDecimalComma, SourceText.choice("comma", else: "point")),
    YAMLKey("metrics", \.metrics, MetricKeys.metrics),
    YAMLKey("presence", \.presence, PresenceKeys.list),
    YAMLKey("homeassistant", \.homeAssistant, HomeAssistantKeys.rule),
  ]

  private static let conditionKeys: [YAMLKey<SourceCondition>] = [
    YAMLKey("topic", \.topic, SourceText.below),
    YAMLKey("path", \.path, SourceText.path),
    YAMLKey("in", \.values, SourceText.words),
  ]

  private static func condition(_ node: YAMLNode) throws(YAMLError) -> SourceCondition {
    var condition = SourceCondition(values: [])
    try node.read(into: &condition, by: conditionKeys, under: "sources.where.")
    guard condition.topic != nil || condition.path != nil else {
      throw node.error("topic or path is missing: what is looked at")
    }
    guard !condition.values.isEmpty else { throw node.error("in is missing: what is meant") }
    return condition
  }

  private static let timeKeys: [YAMLKey<SourceTime>] = [
    YAMLKey("path", \.path, SourceText.path),
    YAMLKey("name", \.name, SourceText.text),
    YAMLKey("zone", \.zone, SourceText.zone),
    YAMLKey("format", \.format, format),
  ]

  private static func time(_ node: YAMLNode) throws(YAMLError) -> SourceTime {
    guard case .mapping = node.value else { return SourceTime(path: try SourceText.path(node)) }
    var time = SourceTime(path: JSONPath())
    try node.read(into: &time, by: timeKeys, under: "sources.time.")
    guard !time.path.steps.isEmpty || time.name != nil else {
      throw node.error("path is missing: where the time is")
    }
    return time
  }

  /// The letters behind a `%` that the reader of times knows.
  private static let formatLetters = "YymbBdejHIpMSfzsaA%"

  private static func format(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try SourceText.text(node)
    let parts = text.split(separator: "%%", omittingEmptySubsequences: false)
      .flatMap { $0.split(separator: "%", omittingEmptySubsequences: false).dropFirst() }
    guard !parts.isEmpty, parts.allSatisfy({ $0.first.map(formatLetters.contains) == true }) else {
      throw node.error(
        "\"\(text)\" is no format of a time, such as %d.%m.%Y %H:%M:%S"
      )
    }
    return text
  }

  private static func rename(_ node: YAMLNode) throws(YAMLError) -> [String: String] {
    let entries = try node.mapping()
    guard entries.count <= 10_000 else { throw node.error("these are more than 10000") }
    var names: [String: String] = [:]
    for entry in entries { names[entry.name] = try SourceText.name(entry.value) }
    return names
  }

  private static func tank(_ node: YAMLNode) throws(YAMLError) -> Double? {
    let (number, unit) = try SourceText.amount(node)
    guard unit == nil || unit?.quantity == .volume else {
      throw node.error("a tank holds litres or gallons, such as 900 L")
    }
    let tank = unit?.convert(number) ?? number
    guard FleetPolicy.Bounds.tank.contains(tank) else {
      throw node.error("a tank holds more than nothing, and at most 1e9")
    }
    return tank
  }

  private static func refuelMark(_ node: YAMLNode) throws(YAMLError) -> RefuelMark? {
    let (number, unit) = try SourceText.amount(node)
    switch unit?.quantity {
    case nil: return .units(number)
    case .volume: return .units(unit?.convert(number) ?? number)
    case .percent:
      let percent = unit?.convert(number) ?? number
      guard percent <= 100 else { throw node.error("this is more than the tank") }
      return .percent(percent)
    case .power, .temperature, .pressure, .duration, .voltage, .frequency, .angle:
      throw node.error("a mark is a level of fuel, such as 25% or 200 L")
    }
  }
}
