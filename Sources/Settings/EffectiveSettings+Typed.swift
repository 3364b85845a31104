internal import Arguments
internal import Model

/// What a command wants of the feeds.
public enum FeedRequirement: Sendable {
  /// One at least has to be configured.
  case required
  case optional
  /// They are left out, and their files unread.
  case unused
}

extension EffectiveSettings {
  /// The settings as one value; reads the files they name.
  ///
  /// - Parameter feeds: What is to become of MQTT and Kafka.
  /// - Returns: The settings, of which only the feeds may be missing.
  /// - Throws: `SettingsError` for values that do not go together and files that cannot be used.
  public func settings(feeds: FeedRequirement) throws(SettingsError) -> Settings {
    var sources = self
    var mqtt: MQTTSettings?
    var kafka: KafkaSettings?
    if feeds != .unused {
      mqtt = try sources.mqttSettings()
      kafka = try sources.kafkaSettings(hasMQTT: mqtt != nil)
    }
    let messageSources = try sources.messageSources()
    guard mqtt != nil || kafka != nil || feeds != .required else { throw nothingToWatch }
    try checkTogether()
    return Settings(
      mqtt: mqtt,
      kafka: kafka,
      sources: messageSources,
      fleet: try fleetSettings(mqtt, kafka),
      theme: try themeChoice(),
      context: context,
      warnings: sources.warnings,
      layer: layer,
    )
  }

  private var nothingToWatch: SettingsError {
    let context = context.map { ", context \"\($0)\"" } ?? ""
    let looked = configurationFile.map { " (\($0)\(context) names neither)" } ?? ""
    return SettingsError(
      "there is nothing to watch: name an MQTT broker, Kafka brokers, or both\(looked), such as",
      lines: "  egtop --mqtt mqtt://host:1883 --kafka host:9092"
    )
  }

  private func fleetSettings(
    _ mqtt: MQTTSettings?,
    _ kafka: KafkaSettings?,
  ) throws(SettingsError) -> FleetSettings {
    var policy = FleetPolicy()
    for row in SettingsTable.rows(of: FleetSection.self) {
      row.feed?(&policy, layer[row].values)
    }
    if mqtt != nil || kafka != nil {
      policy.hasRawFeed = mqtt != nil || kafka?.rawTopic != nil
      policy.rawFeedIsKafka = mqtt == nil && kafka?.rawTopic != nil
      policy.hasEnrichedFeed = kafka != nil
      policy.tailsRawTopic = mqtt != nil && kafka?.rawTopic != nil
      let groups = kafka?.sinkGroups ?? []
      policy.sinkGroup = groups.isEmpty ? nil : groups.joined(separator: ", ")
    }
    let file = layer.value(\.fleet.inventory)
    let inventory = try file.map { (file) throws(SettingsError) in
      try Inventory.read(file.value.text, for: file.origin, files: files)
    }
    return FleetSettings(policy: policy, inventory: inventory ?? [])
  }

  private func checkTogether() throws(SettingsError) {
    if !commands.isDisjoint(with: [.bridge, .sink]) {
      try checkFilters(\.egpipe.bridge.filters)
    }
    guard !layer[\.run.isOnce] else { return }
    if layer[\.run.isJSON] {
      throw SettingsError("--json goes with --once", at: layer.origin(of: \.run.isJSON))
    }
    if layer[\.run.isNDJSON] {
      throw SettingsError("--ndjson goes with --once", at: layer.origin(of: \.run.isNDJSON))
    }
    if layer[\.run.watchInterval] != nil {
      throw SettingsError("--watch goes with --once", at: layer.origin(of: \.run.watchInterval))
    }
    if case .argument = layer.origin(of: \.run.failOn) {
      throw SettingsError("--fail-on goes with --once", at: layer.origin(of: \.run.failOn))
    }
  }
}
