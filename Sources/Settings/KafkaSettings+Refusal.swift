internal import Kafka

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
