public import Arguments

/// What the settings of a section are: `settings.screen.framesPerSecond` is what its row is read as.
@dynamicMemberLookup
public struct SectionValues<Section: SettingsSection>: Sendable {
  let section: Section
  let layer: SettingsLayer

  public subscript<Content>(dynamicMember path: KeyPath<Section, Setting<Content>>) -> Content {
    let setting = section[keyPath: path]
    return setting.type.read(layer[setting.row].values)
  }

  /// The values of a setting, each with its place.
  public func values<Content>(_ path: KeyPath<Section, Setting<Content>>) -> [ParsedValue] {
    layer[section[keyPath: path].row].values
  }

  /// A section below.
  public subscript<Below>(dynamicMember path: KeyPath<Section, Below>) -> SectionValues<Below> {
    SectionValues<Below>(section: section[keyPath: path], layer: layer)
  }
}

extension SectionValues: Equatable {
  /// Whether both say the same, wherever it was given.
  public static func == (left: SectionValues, right: SectionValues) -> Bool {
    SettingsTable.rows(of: Section.self).allSatisfy { left.layer[$0] == right.layer[$0] }
  }
}
