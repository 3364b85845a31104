/// How devices that announce themselves to Home Assistant are followed.
///
/// Each announcement names a value's topic, unit, class and device: `<prefix>/<component>/[<node>/]<object>/config`, or
/// `<prefix>/device/<object>/config` for a whole device. The id of a generator is the first identifier of its device.
public struct HomeAssistantRule: Equatable, Sendable {
  /// What stands before the topics of announcements; may have several levels.
  public var prefix = "homeassistant"
  /// Identifiers or names of devices that are generators though nothing they announce says so.
  public var devices: [String] = []
  /// What is different from what the announcements say; the first that matches holds.
  public var entities: [EntityRule] = []

  public init() {}

  /// The MQTT filters of announcements.
  public var filters: [String] { ["\(prefix)/+/+/config", "\(prefix)/+/+/+/config"] }
}

/// What some announced values are, whatever their announcements say.
public struct EntityRule: Equatable, Sendable {
  /// A `unique_id`, an object id or a name, compared without case; each `*` stands for anything.
  public var pattern: String
  /// What they are; nil for nothing of ours.
  public var metric: Metric?
  /// What they count in, whatever the announcement says; nil for that.
  public var unit: SourceUnit?

  public init(_ pattern: String, _ metric: Metric?, unit: SourceUnit? = nil) {
    (self.pattern, self.metric, self.unit) = (pattern, metric, unit)
  }
}
