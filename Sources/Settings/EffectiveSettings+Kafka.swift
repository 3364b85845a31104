internal import Arguments

extension EffectiveSettings {
  func kafkaSettings(
    hasMQTT: Bool,
    warnings: inout [String],
  ) throws(SettingsError) -> KafkaSettings? {
    var properties: [ResolvedProperty] = []
    if let file = layer.value("kafka.propertiesFile") {
      properties += try KafkaProperties.file(file.value.text, for: file.origin, files: files)
    }
    properties += layer.properties
    guard let brokers = try brokers(properties) else { return nil }
    var settings = KafkaSettings(
      brokers: brokers,
      topics: try enrichedTopics(),
      rawTopic: try rawTopic(hasMQTT: hasMQTT),
      rawTopicName: layer.text("kafka.rawTopic") ?? "",
      sinkGroup: layer.text("kafka.sinkGroup"),
      history: layer.duration("kafka.history"),
      historyRecords: layer.integer("kafka.historyRecords"),
      properties: [:],
      secrets: [:],
      propertyOrigins: [:],
    )
    for property in properties where property.name != "bootstrap.servers" {
      settings.propertyOrigins[property.name] = property.origin
      if KafkaProperties.isSecret(property.name) {
        settings.secrets[property.name] = SecretText(property.value)
      } else {
        settings.properties[property.name] = property.value
      }
    }
    if let password = try password("kafka", warnings: &warnings) {
      settings.secrets["sasl.password"] = password
    }
    return settings
  }

  /// Those of `kafka.brokers`, else of the property `bootstrap.servers`.
  private func brokers(_ properties: [ResolvedProperty]) throws(SettingsError) -> [String]? {
    var items = layer["kafka.brokers"].values.map { ($0.value.text, $0.origin) }
    if items.isEmpty, let property = properties.last(where: { $0.name == "bootstrap.servers" }) {
      items = property.value.split(separator: ",").map {
        (String($0.trimmed), property.origin)
      }
    }
    for (text, origin) in items {
      _ = try MQTTAddress.hostAndPort(text[...], at: origin)
    }
    return items.isEmpty ? nil : items.map(\.0)
  }

  /// The settings of which one says what the enriched topics are, those from the highest source first.
  var topicChoices: [String] {
    ["kafka.topicPrefix", "kafka.topics", "kafka.topicPattern"]
      .filter { !layer[$0].values.isEmpty }
      .sorted { layer[$0].origin.rank > layer[$1].origin.rank }
  }

  private func enrichedTopics() throws(SettingsError) -> KafkaSettings.Topics {
    let given = topicChoices
    guard let id = given.first else { return .prefix("EG") }
    let origin = layer[id].origin
    if given.count > 1, origin.rank == layer[given[1]].origin.rank {
      throw SettingsError(
        "enriched topics are named in another way as well, at \(layer[given[1]].origin)",
        at: origin,
      )
    }
    let text = layer.text(id) ?? ""
    switch id {
    case "kafka.topics": return .names(layer.texts(id))
    case "kafka.topicPrefix": return .prefix(text)
    default:
      guard (try? Regex(text)) != nil else {
        throw SettingsError("\"\(text)\" is no regular expression", at: origin)
      }
      return .pattern(text)
    }
  }

  private func rawTopic(hasMQTT: Bool) throws(SettingsError) -> String? {
    let isNamed = layer["kafka.rawTopic"].origin != .default
    let isSet = layer.value("kafka.raw") != nil
    guard isSet ? layer.isOn("kafka.raw") : isNamed || !hasMQTT else { return nil }
    guard let name = layer.text("kafka.rawTopic"), !name.isEmpty else {
      throw SettingsError("the raw topic needs a name", at: layer["kafka.rawTopic"].origin)
    }
    return name
  }
}
