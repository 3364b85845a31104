import Arguments
import LocalBrokers
import MQTT
import Pipeline
import Settings
import System

/// What a command line asks for, checked: which stages, and all that they need to know.
struct PipePlan {
  let stages: [StageName]
  let settings: Settings
  /// The folder of the buckets.
  let store: String
  /// Keeps that folder while the brokers are our own: it goes with them.
  private let folder: DisposableDirectory?

  /// - Throws: `SettingsError`, also for what librdkafka says of its properties.
  init(
    _ arguments: ParsedArguments,
    _ settings: Settings,
    environment: [String: String]
  ) throws {
    self.settings = settings
    let isLocal = settings.egpipe.isLocal
    let named = (arguments.values["stage"] ?? []).compactMap { StageName(rawValue: $0.value.text) }
    let command = arguments.path.last.flatMap(StageName.init(rawValue:))
    let standard = isLocal ? StageName.allCases : [.bridge, .sink, .task, .source]
    stages = command.map { [$0] } ?? (named.isEmpty ? standard : named)
    let given = settings.egpipe.store
    folder = try isLocal && given == nil ? DisposableDirectory(prefix: "egpipe") : nil
    store = try folder?.path ?? given ?? Self.standardStore(environment)
    if let refusal = settings.kafka?.refusedProperty { throw refusal }
  }

  /// What is in force for a command, with brokers of this machine where none are named.
  static func sources(
    _ arguments: ParsedArguments,
    environment: [String: String]
  ) throws(SettingsError) -> EffectiveSettings {
    let stage = arguments.path.last.flatMap(StageName.init(rawValue:))
    var sources = try EffectiveSettings(
      arguments,
      for: stage?.commands ?? .egpipe,
      environment: environment
    )
    sources.setDefault(\.mqtt.url, "mqtt://127.0.0.1:1883")
    // They may be a property as well.
    if try sources.settings(feeds: .required).kafka == nil {
      sources.setDefault(\.kafka.brokers, ["127.0.0.1:9092"])
    }
    return sources
  }

  /// `$XDG_STATE_HOME/egpipe`, else `~/.local/state/egpipe`.
  private static func standardStore(_ environment: [String: String]) throws -> String {
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return folder + "/egpipe"
    }
    guard let home = environment["HOME"], !home.isEmpty else {
      throw SettingsError("where are the buckets to be? Name a folder with --store")
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
}
