internal import Arguments
internal import Model
internal import System

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
    var warnings = warnings
    var mqtt: MQTTSettings?
    var kafka: KafkaSettings?
    if feeds != .unused {
      mqtt = try mqttSettings(warnings: &warnings)
      kafka = try kafkaSettings(hasMQTT: mqtt != nil, warnings: &warnings)
    }
    guard mqtt != nil || kafka != nil || feeds != .required else { throw nothingToWatch }
    return Settings(
      mqtt: mqtt,
      kafka: kafka,
      fleet: try fleetSettings(mqtt, kafka),
      screen: try screenSettings(),
      terminal: terminalSettings,
      run: try runSettings(),
      keys: layer.keys,
      configurationFile: configurationFile,
      context: context,
      warnings: warnings,
    )
  }

  private var nothingToWatch: SettingsError {
    let context = context.map { ", context \"\($0)\"" } ?? ""
    let looked = configurationFile.map { " (\($0)\(context) names neither)" } ?? ""
    return SettingsError(
      """
      there is nothing to watch: name an MQTT broker, Kafka brokers, or both\(looked), such as
        egtop --mqtt mqtt://host:1883 --kafka host:9092
      """
    )
  }

  private func fleetSettings(
    _ mqtt: MQTTSettings?,
    _ kafka: KafkaSettings?,
  ) throws(SettingsError) -> FleetSettings {
    var policy = FleetPolicy()
    policy.tank = layer.number("fleet.tank")
    policy.unit = layer.text("fleet.unit") ?? ""
    policy.refuelMark = layer.number("fleet.refuelMark")
    policy.criticalPercent = layer.number("fleet.criticalPercent")
    policy.criticalSeconds = layer.seconds("fleet.criticalTime")
    policy.window = layer.seconds("fleet.taskWindow")
    policy.expectedInterval = layer.seconds("fleet.interval")
    guard mqtt != nil || kafka != nil else { return try withInventory(policy) }
    policy.hasRawFeed = mqtt != nil || kafka?.rawTopic != nil
    policy.rawFeedIsKafka = mqtt == nil && kafka?.rawTopic != nil
    policy.hasEnrichedFeed = kafka != nil
    policy.tailsRawTopic = mqtt != nil && kafka?.rawTopic != nil
    policy.sinkGroup = kafka?.sinkGroup
    return try withInventory(policy)
  }

  private func withInventory(_ policy: FleetPolicy) throws(SettingsError) -> FleetSettings {
    var settings = FleetSettings(policy: policy, inventoryFile: nil, inventory: [])
    if let file = layer.value("fleet.inventory") {
      settings.inventoryFile = file.value.text
      settings.inventory = try Inventory.read(file.value.text, for: file.origin, files: files)
    }
    return settings
  }

  private func screenSettings() throws(SettingsError) -> ScreenSettings {
    ScreenSettings(
      regions: layer.texts("screen.regions"),
      filter: layer.text("screen.filter") ?? "",
      filterOrigin: layer["screen.filter"].origin,
      sortColumn: layer.text("screen.sort"),
      isDescending: layer.text("screen.order").map { $0 == "desc" },
      columns: choices("screen.columns"),
      isGrouped: layer.value("screen.group").map { $0.value == .flag(true) },
      view: choices("screen.view").last,
      theme: try themeChoice(),
      color: layer.text("screen.color").flatMap(ColorChoice.init(rawValue:)) ?? .automatic,
      glyphs: layer.text("screen.glyphs").flatMap(GlyphChoice.init(rawValue:)) ?? .automatic,
      terminal: layer.text("screen.terminal"),
      framesPerSecond: layer.integer("screen.fps"),
      times: layer.text("screen.time") ?? "local",
      historyMemory: layer.integer("screen.historyMemory") * 1_000_000,
      remembers: layer.isOn("screen.remember"),
    )
  }

  private func choices(_ id: String) -> [NamedChoice] {
    layer[id].values.map { NamedChoice(name: $0.value.text, origin: $0.origin) }
  }

  private func runSettings() throws(SettingsError) -> RunSettings {
    let isOnce = layer.isOn("once")
    if !isOnce, layer.isOn("json") {
      throw SettingsError("--json goes with --once", at: layer["json"].origin)
    }
    if !isOnce, case .argument = layer["run.failOn"].origin {
      throw SettingsError("--fail-on goes with --once", at: layer["run.failOn"].origin)
    }
    return RunSettings(
      isOnce: isOnce,
      isJSON: layer.isOn("json"),
      settle: layer.duration("run.settle"),
      failOn: Set(layer.texts("run.failOn").compactMap(FailCondition.init(rawValue:))),
      recordFile: layer.text("record"),
      logFile: layer.text("run.logFile"),
      logLevel: layer.text("run.logLevel").flatMap(Log.Level.init(name:)) ?? .info,
    )
  }
}
