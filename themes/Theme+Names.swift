extension Theme {
  private static let texts: [(name: String, yaml: [UInt8])] = [
    ("iron", PackageResources.iron_yaml), ("paper", PackageResources.paper_yaml),
    ("night", PackageResources.night_yaml), ("contrast", PackageResources.contrast_yaml),
    ("deutan", PackageResources.deutan_yaml), ("tritan", PackageResources.tritan_yaml),
    ("harbour", PackageResources.harbour_yaml), ("orchard", PackageResources.orchard_yaml),
    ("mono", PackageResources.mono_yaml),
  ]

  /// The themes in the program, the one to begin with first.
  public static let names = texts.map(\.name)

  /// Kept, since its attributes are looked up for every role where there are no colours.
  static let mono = read("mono")

  /// The theme of that name in the program; nil for other names.
  public static func named(_ name: String) -> Theme? { name == "mono" ? mono : read(name) }

  private static func read(_ name: String) -> Theme? {
    guard let text = texts.first(where: { $0.name == name }) else { return nil }
    return try? parse(String(decoding: text.yaml, as: UTF8.self))
  }
}
