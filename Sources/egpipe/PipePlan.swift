import Arguments
import Model
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
  init(_ stages: [StageName], _ settings: Settings, environment: [String: String]) throws {
    self.stages = stages
    self.settings = settings
    let given = settings.egpipe.store
    let isOurs = settings.egpipe.isLocal && given == nil
    folder = try isOurs ? DisposableDirectory(prefix: "egpipe") : nil
    let usual = SettingsFiles.folder("XDG_STATE_HOME", else: ".local/state", environment)
    guard let store = folder?.path ?? given ?? usual.map({ $0 + "/egpipe" }) else {
      throw SettingsError("where are the buckets? Name a folder with --store")
    }
    self.store = store
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
    NamedMetric.use(sources.namedMetrics)
    sources.setDefault(\.mqtt.url, "mqtt://127.0.0.1:1883")
    // They may be a property as well.
    if try sources.settings(feeds: .required).kafka == nil {
      sources.setDefault(\.kafka.brokers, ["127.0.0.1:9092"])
    }
    return sources
  }

  /// Where brokers of our own have their files; nil for a temporary folder of theirs.
  var localFolder: String? { folder?.path }
}

extension Settings {
  /// The stages that a command line names, by its command or behind it.
  func stages(_ arguments: ParsedArguments) -> [StageName] {
    if let stage = arguments.path.last.flatMap(StageName.init(rawValue:)) { return [stage] }
    let named = (arguments.values["stage"] ?? []).compactMap { StageName(rawValue: $0.value.text) }
    let standard = self.egpipe.isLocal ? StageName.allCases : [.bridge, .sink, .task, .source]
    return named.isEmpty ? standard : named
  }

  /// Refuses what one of these stages could not begin with.
  func check(_ stages: [StageName]) throws {
    _ = try metricsAddress()
    for stage in stages {
      switch stage {
      case .simulate: break
      case .bridge: _ = (try topicMap(), try listenAddress())
      case .sink: _ = try bucketName(\.egpipe.rawBucket)
      case .task: _ = (try bucketName(\.egpipe.rawBucket), try bucketName(\.egpipe.enrichedBucket))
      case .source: _ = try bucketName(\.egpipe.enrichedBucket)
      }
    }
  }
}
