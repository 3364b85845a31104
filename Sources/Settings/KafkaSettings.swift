internal import Kafka
public import Arguments

/// The brokers of the enriched records and what to read from them: what its section says, and what is put together of it.
@dynamicMemberLookup
public struct KafkaSettings: Equatable, Sendable {
  /// Which topics hold enriched records.
  public enum Topics: Equatable, Sendable {
    case prefix(String)
    /// Not empty.
    case names([String])
    /// A regular expression that is somewhere in the name; it was tried and can be compiled.
    case pattern(String)
  }

  /// Not empty; each `host` or `host:port`.
  public var brokers: [String]
  public var topics: Topics
  /// The raw topic, if it is read.
  public var rawTopic: String?
  /// Properties by librdkafka's names, without brokers and secrets.
  public var properties: [String: String] = [:]
  /// The properties that are secrets, `sasl.password` and the like.
  public var secrets: [String: SecretText] = [:]
  /// Where each property was given, for a message when librdkafka refuses it.
  public var propertyOrigins: [String: ValueOrigin] = [:]
  let section: SectionValues<KafkaSection>

  public subscript<Content>(dynamicMember path: KeyPath<KafkaSection, Setting<Content>>) -> Content
  {
    section[dynamicMember: path]
  }

  /// The brokers' names and ports; IPv6 without brackets.
  public var addresses: [(host: String, port: Int)] {
    brokers.compactMap { broker in
      let parts = try? MQTTAddress.hostAndPort(broker[...], at: .default)
      return parts.map { ($0.host, $0.port ?? 9092) }
    }
  }

  /// All properties for a client, secrets included: never to be shown.
  public var clientProperties: [String: String] {
    var all = properties.merging(secrets.mapValues(\.text)) { $1 }
    all["bootstrap.servers"] = brokers.joined(separator: ",")
    return all
  }
}

extension KafkaSettings {
  /// Why librdkafka refuses a property, with where it was given; nil if it takes them all.
  public var refusedProperty: SettingsError? {
    for (name, value) in clientProperties.sorted(by: { $0.key < $1.key }) {
      guard let refusal = KafkaProperty.refusal(of: name, value: value) else { continue }
      // The library's text may quote the value.
      let reason = secrets[name] == nil ? refusal.text : "Kafka refuses the value of \(name)"
      return SettingsError(reason, at: propertyOrigins[name])
    }
    return nil
  }
}

extension KafkaSettings.Topics {
  /// Whether a topic is one of these.
  public func include(_ topic: String) -> Bool {
    switch self {
    case .prefix(let prefix): return topic.hasPrefix(prefix)
    case .names(let names): return names.contains(topic)
    case .pattern(let pattern):
      guard let expression = try? Regex(pattern) else { return false }
      return topic.firstMatch(of: expression) != nil
    }
  }
}
