import Model
import Wording

/// A field that JSON and CSV have of each generator.
struct GeneratorField: Sendable {
  enum Value: Sendable {
    case text(String?)
    case number(Double?)
    case flag(Bool)

    var isKnown: Bool {
      switch self {
      case .text(let text): text != nil
      case .number(let number): number != nil
      case .flag: true
      }
    }
  }

  var name: String
  /// Whether JSON leaves it out where it is not known, instead of writing null.
  var isOptional = false
  var value: @Sendable (GeneratorIndex, Fleet, Stamp) -> Value
}

extension GeneratorField {
  /// All that a fleet's generators have, in the order as documented; of the further metrics those that any of them told.
  static func all(of fleet: Fleet) -> [GeneratorField] {
    names + metrics + judgements + (fleet.onlyRemembered.isEmpty ? [] : [rememberedSince])
      + fleet.furtherMetrics.map { metric in
        GeneratorField(metric.wireName, isOptional: true) { index, fleet, _ in
          .number(fleet.value(of: metric, index))
        }
      }
  }

  /// When one was last heard that only memory tells of.
  private static let rememberedSince = GeneratorField("rememberedSince", isOptional: true) {
    index,
    fleet,
    _ in
    .text(fleet.rememberedSince(index).map { CivilTime(wall: $0).rfc3339 })
  }

  private init(
    _ name: String,
    isOptional: Bool = false,
    _ value: @escaping @Sendable (GeneratorIndex, Fleet, Stamp) -> Value
  ) {
    self.init(name: name, isOptional: isOptional, value: value)
  }

  /// One with at most so many decimals.
  private init(
    _ name: String,
    digits: Int,
    _ number: @escaping @Sendable (Generator, Stamp) -> Double?
  ) {
    self.init(name: name) { index, fleet, now in
      .number(rounded(number(fleet.generators[Int(index)], now), digits).value)
    }
  }

  private static let names = [
    GeneratorField("id") { index, fleet, _ in .text(fleet.ids[Int(index)]) },
    GeneratorField("name") { index, fleet, _ in .text(fleet.names[Int(index)]) },
    GeneratorField("region") { index, fleet, _ in
      .text(fleet.regions[Int(fleet.generators[Int(index)].region)])
    },
  ]

  /// The first six metrics, and how full the tank is.
  private static let metrics = Metric.allCases.filter { !$0.isFurther }.flatMap { metric in
    let field = GeneratorField(metric.wireName) { index, fleet, _ in
      let generator = fleet.generators[Int(index)]
      // A generator may tell its place to one feed alone.
      return .number(
        generator.reading[metric] ?? (metric.row.isUsual ? nil : generator.enriched[metric])
      )
    }
    return metric == .fuel
      ? [field, GeneratorField("fuelPercent", digits: 2) { generator, _ in generator.fuelPercent }]
      : [field]
  }

  private static let judgements = [
    GeneratorField("source") { index, fleet, _ in .text(fleet.source(of: index)?.rawValue) },
    GeneratorField("session") { index, fleet, _ in
      .text(fleet.generators[Int(index)].session.word)
    },
    GeneratorField("freshness") { index, fleet, _ in
      .text(fleet.generators[Int(index)].conditions.presence)
    },
    GeneratorField("alarm") { index, fleet, _ in
      .text(fleet.generators[Int(index)].alarm.word)
    },
    // Since the last live raw sample reached us.
    GeneratorField("sampleAgeSeconds", digits: 3) { generator, now in
      generator.sampleAt.map { (now.monotonic &- $0).seconds }
    },
    // Since the time that the last enriched record carries.
    GeneratorField("enrichedAgeSeconds", digits: 3) { generator, now in
      generator.enrichedAt.map { max(0, (now.monotonic &- $0).seconds) }
    },
    GeneratorField("timeToEmptySeconds", digits: 0) { generator, now in
      generator.timeToEmpty(at: now.monotonic)
    },
    // What that goes by: what its fuel was seen to do, or what is known of such engines.
    GeneratorField("timeToEmptyBy") { index, fleet, now in
      let generator = fleet.generators[Int(index)]
      guard generator.timeToEmpty(at: now.monotonic) != nil else { return .text(nil) }
      return .text(generator.trend.isByModel ? "model" : "fuel")
    },
    GeneratorField("drySoon") { index, fleet, _ in
      .flag(fleet.generators[Int(index)].conditions.contains(.drySoon))
    },
    GeneratorField("fuelDoubt") { index, fleet, _ in .text(fleet.generators[Int(index)].doubt) },
  ]
}

extension Generator {
  /// What makes its fuel doubtful, in one word; nil if nothing does.
  fileprivate var doubt: String? {
    if isDoubted { return "unconfirmed" }
    if trend.isStuck { return "stuck" }
    return trend.leaks ? "leak" : nil
  }
}

/// One generator in the report.
struct GeneratorReport: Encodable, Sendable {
  private let fields: [GeneratorField]
  /// In the order of the fields.
  let values: [GeneratorField.Value]

  init(_ index: GeneratorIndex, _ fields: [GeneratorField], of fleet: Fleet, at now: Stamp) {
    self.fields = fields
    values = fields.map { $0.value(index, fleet, now) }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (field, value) in zip(fields, values) where !field.isOptional || value.isKnown {
      switch value {
      case .text(let text): try container.encode(text, forKey: Key(field.name))
      case .number(let number): try container.encode(number, forKey: Key(field.name))
      case .flag(let flag): try container.encode(flag, forKey: Key(field.name))
      }
    }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
