internal import Arguments

extension EffectiveSettings {
  mutating func kafkaSettings(hasMQTT: Bool) throws(SettingsError) -> KafkaSettings? {
    var properties: [ResolvedProperty] = []
    if let file = layer.value(\.kafka.propertiesFile) {
      properties += try KafkaProperties.file(file.value.text, for: file.origin, files: files)
    }
    properties += layer.properties
    guard let brokers = try brokers(properties) else { return nil }
    var settings = KafkaSettings(
      brokers: brokers,
      topics: try enrichedTopics(),
      rawTopic: try rawTopic(hasMQTT: hasMQTT),
      section: SectionValues(section: SettingsTable.standard.kafka, layer: layer),
    )
    for property in properties where property.name != "bootstrap.servers" {
      settings.propertyOrigins[property.name] = property.origin
      if KafkaProperties.isSecret(property.name) {
        settings.secrets[property.name] = SecretText(property.value)
      } else {
        settings.properties[property.name] = property.value
      }
    }
    if let password = try password(\.kafka.password, \.kafka.passwordFile) {
      settings.secrets["sasl.password"] = password
    }
    return settings
  }

  /// Those of `kafka.brokers`, else of the property `bootstrap.servers`.
  private func brokers(_ properties: [ResolvedProperty]) throws(SettingsError) -> [String]? {
    var items = layer.values(\.kafka.brokers).map { ($0.value.text, $0.origin) }
    if items.isEmpty, let property = properties.last(where: { $0.name == "bootstrap.servers" }) {
      items = property.value.split(separator: ",").map { (String($0.trimmed), property.origin) }
    }
    for (text, origin) in items { _ = try MQTTAddress.hostAndPort(text[...], at: origin) }
    return items.isEmpty ? nil : items.map(\.0)
  }

  /// The settings of which one says what the enriched topics are, those from the highest source first.
  var topicChoices: [SettingRow] {
    let kafka = SettingsTable.standard.kafka
    return [kafka.topicPrefix.row, kafka.topicNames.row, kafka.topicPattern.row]
      .filter { !layer[$0].values.isEmpty }
      .sorted { layer[$0].origin.rank > layer[$1].origin.rank }
  }

  private func enrichedTopics() throws(SettingsError) -> KafkaSettings.Topics {
    let given = topicChoices
    let kafka = SettingsTable.standard.kafka
    guard let row = given.first else { return .prefix(kafka.topicPrefix.type.standard) }
    let origin = layer[row].origin
    if given.count > 1, origin.rank == layer[given[1]].origin.rank {
      throw SettingsError(
        "enriched topics are chosen in another way as well, at \(layer[given[1]].origin)",
        at: origin,
      )
    }
    switch row.id {
    case kafka.topicNames.row.id: return .names(layer[\.kafka.topicNames])
    case kafka.topicPrefix.row.id: return .prefix(layer[\.kafka.topicPrefix])
    default:
      let text = layer[\.kafka.topicPattern] ?? ""
      guard (try? Regex(text)) != nil else {
        throw SettingsError("\"\(text)\" is not a regular expression", at: origin)
      }
      return .pattern(text)
    }
  }

  private func rawTopic(hasMQTT: Bool) throws(SettingsError) -> String? {
    let origin = layer.origin(of: \.kafka.rawTopicName)
    guard layer[\.kafka.readsRaw] ?? (origin != .default || !hasMQTT) else { return nil }
    let name = layer[\.kafka.rawTopicName]
    guard !name.isEmpty else { throw SettingsError("the raw topic needs a name", at: origin) }
    return name
  }
}
