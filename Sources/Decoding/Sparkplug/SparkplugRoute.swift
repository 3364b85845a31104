internal import Model

/// A source of Sparkplug with its names ready to be compared.
struct SparkplugRoute {
  /// How many levels of a topic stand before the group.
  let levels: Int
  let asksForBirths: Bool
  /// By the places of the source.
  let names: [MetricName]
  /// Of the metric that says when the others were measured.
  let time: MetricName?
  /// Whose a node's own metrics are; nil if they are nobody's.
  let nodeID: TemplateReader?

  /// Nil for a source of another kind.
  init?(_ source: Source, _ document: inout SourceDocument) {
    guard let rule = source.sparkplug else { return nil }
    levels = rule.levels
    asksForBirths = rule.asksForBirths
    names = source.metrics.flatMap { $0.places.map { MetricName($0.name ?? "") } }
    time = source.time?.name.map(MetricName.init)
    // A node's topics have no level of a device.
    let rest = source.id.without(level: rule.levels + 4)
    nodeID = rest.parts.isEmpty ? nil : TemplateReader(rest, &document)
  }
}
