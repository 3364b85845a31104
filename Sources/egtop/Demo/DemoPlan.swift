import Model
import Settings

/// How large the demo is, and which one of all.
struct DemoPlan: Equatable {
  var generatorCount: Int
  /// The same seed gives the same fleet.
  var seed: UInt64
  /// Seconds between two runs of the task; a minute in earnest.
  static let window = 5
  /// Times as fast as in earnest that the fleet burns its fuel: a full tank lasts some ten minutes at full load.
  static let pace = 10.0
  static let enrichedTopic = Convention.enrichedPrefix + Convention.enrichedBucket

  init(_ settings: SectionValues<DemoSection>) {
    generatorCount = settings.generators
    seed = UInt64(settings.seed)
  }
}
