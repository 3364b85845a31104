import Arguments
import Kafka
import LocalBrokers
import MQTT
import Pipeline
import Settings
import System

/// A setting that cannot be, in words for whoever gave it.
struct PlanError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// What a command line asks for, checked: which stages, and all that they need to know.
struct PipePlan {
  let stages: [StageName]
  /// Whether the brokers are to be our own.
  let isLocal: Bool
  let settings: Settings
  let values: StageValues
  /// The folder of the buckets.
  let store: String
  /// Keeps that folder while the brokers are our own: it goes with them.
  private let folder: DisposableDirectory?

  /// - Throws: `SettingsError`, `PlanError` and what librdkafka says of its properties.
  init(_ arguments: ParsedArguments, environment: [String: String]) throws {
    values = StageValues(arguments, Commands.options(of: arguments.path))
    settings = try Self.settings(arguments, environment)
    isLocal = values.isOn("local")
    let named = (arguments.values["stage"] ?? []).compactMap { StageName(rawValue: $0.value.text) }
    let command = arguments.path.last.flatMap(StageName.init(rawValue:))
    let standard = isLocal ? StageName.allCases : [.bridge, .sink, .task, .source]
    stages = command.map { [$0] } ?? (named.isEmpty ? standard : named)
    let isTemporary = isLocal && values.text("store") == nil
    folder = try isTemporary ? DisposableDirectory(prefix: "egpipe") : nil
    store = try folder?.path ?? values.text("store") ?? Self.standardStore(environment)
    try checkProperties()
  }

  /// The settings, with brokers of this machine where none are named.
  private static func settings(
    _ arguments: ParsedArguments,
    _ environment: [String: String],
  ) throws(SettingsError) -> Settings {
    let sources = try EffectiveSettings(arguments, environment: environment)
    let settings = try sources.settings(feeds: .optional)
    var completed = arguments
    if settings.mqtt == nil {
      let url = Value.text("mqtt://127.0.0.1:1883")
      completed.values["mqtt"] = [ParsedValue(url, from: .argument("--mqtt"))]
    }
    if settings.kafka == nil {
      let broker = Value.text("127.0.0.1:9092")
      completed.values["kafka"] = [ParsedValue(broker, from: .argument("--kafka"))]
    }
    guard completed != arguments else { return settings }
    return try EffectiveSettings(completed, environment: environment).settings(feeds: .required)
  }

  /// `$XDG_STATE_HOME/egpipe`, else `~/.local/state/egpipe`.
  private static func standardStore(_ environment: [String: String]) throws -> String {
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return folder + "/egpipe"
    }
    guard let home = environment["HOME"], !home.isEmpty else {
      throw PlanError("where are the buckets to be? Name a folder with --store")
    }
    return home + "/.local/state/egpipe"
  }

  /// Properties for a client of Kafka, secrets included: never to be shown.
  var kafkaProperties: [String: String] {
    settings.kafka?.clientProperties ?? [:]
  }

  /// The connection to the MQTT broker.
  var connection: MQTTOptions {
    settings.mqtt.map { MQTTOptions($0) } ?? MQTTOptions(host: "127.0.0.1")
  }

  /// Where brokers of our own have their files; nil for a temporary folder of theirs.
  var localFolder: String? { folder?.path }

  private func checkProperties() throws {
    guard let kafka = settings.kafka else { return }
    for (name, value) in kafka.clientProperties.sorted(by: { $0.key < $1.key }) {
      guard let refusal = KafkaProperty.refusal(of: name, value: value) else { continue }
      let place = kafka.propertyOrigins[name].map { "\($0): " } ?? ""
      // The library's text may quote the value.
      let isSecret = kafka.secrets[name] != nil
      throw PlanError(place + (isSecret ? "Kafka refuses the value of \(name)" : refusal.text))
    }
  }
}
