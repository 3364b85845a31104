public import Arguments
public import Model

/// All that the programs can be told, checked, with defaults where they were told nothing.
///
/// A section is read as `settings.screen.framesPerSecond`: what its row in the table says. Only what is put together of
/// several rows, or read from a file that one names, has a property of its own.
@dynamicMemberLookup
public struct Settings: Equatable, Sendable {
  /// Nil when no broker was named.
  public var mqtt: MQTTSettings?
  /// Nil when no brokers were named.
  public var kafka: KafkaSettings?
  /// How messages are understood, the first that matches; empty for those of the article.
  public var sources: [Source]
  public var fleet: FleetSettings
  public var theme: ThemeChoice
  /// The context in force, if any.
  public var context: String?
  /// What is allowed and may yet be a mistake; for standard error or the log.
  public var warnings: [String]
  var layer: SettingsLayer

  /// What the file says of keys.
  public var keys: [KeySetting] { layer.keys }

  /// What a section of the table says.
  public subscript<Section>(dynamicMember path: KeyPath<SettingsTable, Section>)
    -> SectionValues<Section>
  {
    SectionValues(section: SettingsTable.standard[keyPath: path], layer: layer)
  }

  /// What a setting is.
  public subscript<Content>(path: KeyPath<SettingsTable, Setting<Content>>) -> Content {
    layer[path]
  }

  /// Where a setting was given, for messages.
  public func origin<Content>(of path: KeyPath<SettingsTable, Setting<Content>>) -> ValueOrigin {
    layer.origin(of: path)
  }
}

/// What is known of the generators before anything was heard.
public struct FleetSettings: Equatable, Sendable {
  /// With what follows from the feeds (`hasRawFeed` and so on), if there are any.
  public var policy: FleetPolicy
  /// What the file holds, in its order; no id appears twice.
  public var inventory: [InventoryEntry]
}

/// What is shown at the start, and how.
public typealias ScreenSettings = SectionValues<ScreenSection>
/// How the terminal is used.
public typealias TerminalSettings = SectionValues<TerminalSection>
/// How the program runs.
public typealias RunSettings = SectionValues<RunSection>

extension RunSettings {
  /// How long one look waits at most: a sample each 30 s, the usual interval, comes in it.
  public var settleTime: Duration { self.settle ?? .seconds(35) }
  /// How long a check waits at most for a message.
  public var checkPatience: Duration { (self.settle ?? .seconds(5)) * 2 }
}

extension TerminalSettings {
  /// At most this many rows at the bottom of the normal screen; nil for a screen of its own.
  public var inlineRows: Int? { self.isInline ? self.rows : nil }
}
