/// How the messages of one kind of device are understood: whose they are, where their values stand, what their presence says.
///
/// Of several sources the first that matches a message has it.
public struct Source: Equatable, Sendable {
  public var name: String
  /// MQTT filters to subscribe to; the key of a record of the raw topic is matched by the same.
  public var topics: [String] = []
  /// Kafka topics whose records it reads, besides the raw topic.
  public var kafkaTopics: [String] = []
  /// For nodes of Sparkplug B; its topics are then those of the rule.
  public var sparkplug: SparkplugRule?
  /// Where the samples stand if there are several in one message; other paths begin at each, but a time that is not there is
  /// that of the message.
  public var each: JSONPath?
  /// What a message must say, or a sibling topic must have said, for the source to have it; nil for all.
  public var condition: SourceCondition?
  /// Whose it is.
  public var id: TextTemplate
  public var region: TextTemplate?
  /// Other spellings of an id, and what they stand for.
  public var rename: [String: String] = [:]
  /// When the values were measured; nil for when the message came.
  public var time: SourceTime?
  /// What a tank holds, in the base unit of fuel; nil if nobody says.
  public var tank: Double?
  /// Below which a generator is to be refuelled; nil for the mark of the fleet, or 50 % where only a percentage is known.
  public var refuelMark: RefuelMark?
  /// Whether an unchanged value does not come again.
  public var sendsChanges = false
  /// Whether a bridge may ask its Victron GX devices to go on publishing, by messages to `R/<portal id>/keepalive`.
  public var keepsAlive = false
  /// Whether texts such as `5,2 kW` have a decimal comma.
  public var hasDecimalComma = false
  public var metrics: [MetricSource] = []
  public var presence: [PresenceSource] = []
  /// What is announced to Home Assistant, in place of topics, id, metrics and presence; nil if those say it.
  public var homeAssistant: HomeAssistantRule?

  public init(name: String, id: TextTemplate) {
    (self.name, self.id) = (name, id)
  }

  /// Whether values of one generator come by several topics, so that memory is needed to see them together.
  public var hasTopicPerValue: Bool {
    homeAssistant != nil || metrics.contains { $0.places.contains { $0.topic != nil } }
  }

  /// Whether a message tells a part of what is known of a generator, so that it takes memory to know the whole.
  public var tellsParts: Bool { hasTopicPerValue || sendsChanges || sparkplug != nil }
}

/// A fuel level below which a generator is to be refuelled.
public enum RefuelMark: Equatable, Sendable {
  /// In the unit of the fuel.
  case units(Double)
  /// Of the tank, 0 to 100.
  case percent(Double)
}

/// Where the values of a metric are found.
public struct MetricSource: Equatable, Sendable {
  public var metric: Metric
  /// What it is, if it is one of the user's.
  public var named: NamedMetric?
  /// The first that has a value counts.
  public var places: [ValuePlace]

  public init(_ metric: Metric, _ places: [ValuePlace]) {
    (self.metric, self.places) = (metric, places)
  }

  /// Its name in messages and files.
  public var name: String { named?.name ?? metric.wireName }

  /// What it is called in a sentence.
  public var title: String { named?.title ?? metric.row.title }

  /// What may be told of it.
  public var quantities: [SourceUnit.Quantity] {
    guard let named else { return metric.row.quantities }
    return SourceUnit(named.unit).map { [$0.quantity] } ?? []
  }
}

/// Where a value stands and how it is read.
public struct ValuePlace: Equatable, Sendable {
  /// For one value per topic: the end of the topic behind what the source's topics share with their siblings, such as `Level`;
  /// nil for any of the source's topics.
  public var topic: String?
  /// Where it stands in the payload; nil for the whole payload as text.
  public var path: JSONPath?
  /// The name of a metric of Sparkplug, see ``SparkplugRule``.
  public var name: String?
  /// What it counts in; nil for the metric's base unit, or for what a text says itself.
  public var unit: SourceUnit?
  /// What is done with the number first, in this order.
  public var steps: [ValueStep] = []
  /// By which it is multiplied, before ``offset`` is added and the unit is converted.
  public var scale = 1.0
  public var offset = 0.0
  /// Raw numbers, before ``scale``, that mean that the value is not known.
  public var unknown: [ClosedRange<Double>] = []
  /// Bounds of the converted value, in the base unit; what lies outside is not known.
  public var least: Double?
  public var most: Double?
  /// Words that stand for a state, compared without case.
  public var trueWords: [String] = []
  public var falseWords: [String] = []

  public init(topic: String? = nil, path: JSONPath? = nil) {
    (self.topic, self.path) = (topic, path)
  }
}

/// What an announcement's template does with a number.
public enum ValueStep: Equatable, Sendable {
  case multiply(Double)
  case add(Double)
  /// To so many decimals, halves away from zero.
  case round(Int)
  /// Without its decimals.
  case truncate

  public func apply(_ value: Double) -> Double {
    switch self {
    case .multiply(let factor): return value * factor
    case .add(let term): return value + term
    case .truncate: return value.rounded(.towardZero)
    case .round(let decimals):
      var power = 1.0
      for _ in 0..<abs(decimals) { power *= 10 }
      return decimals < 0 ? (value / power).rounded() * power : (value * power).rounded() / power
    }
  }
}

/// What a message must say for a source to have it.
public struct SourceCondition: Equatable, Sendable {
  /// A sibling topic, as in ``ValuePlace/topic``; nil for the message itself.
  public var topic: String?
  public var path: JSONPath?
  /// The texts, or numbers as they are written, that are meant.
  public var values: [String]

  public init(topic: String? = nil, path: JSONPath? = nil, values: [String]) {
    (self.topic, self.path, self.values) = (topic, path, values)
  }
}

/// Where a message says when its values were measured.
public struct SourceTime: Equatable, Sendable {
  public var path: JSONPath
  /// The name of a metric of Sparkplug that says it, in place of the path.
  public var name: String?
  /// `Europe/Berlin` or `+01:00`, for times that do not say it themselves; nil for UTC.
  public var zone: String?
  /// `%d.%m.%Y %H:%M:%S` and the like; nil for ISO 8601 and numbers since 1970.
  public var format: String?

  public init(path: JSONPath) { self.path = path }
}

/// How sessions are announced on a topic.
public struct PresenceSource: Equatable, Sendable {
  /// An MQTT filter.
  public var topic: String
  public var path: JSONPath?
  /// Compared without case.
  public var online: [String] = ["online"]
  /// Of the last will.
  public var offline: [String] = ["offline"]
  /// Of an orderly goodbye.
  public var disconnected: [String] = ["disconnected"]
  /// Whose session it is; nil for the source's id.
  ///
  /// It may have a `*`, which stands for anything: one word for many generators.
  public var covers: TextTemplate?

  public init(topic: String) { self.topic = topic }
}
