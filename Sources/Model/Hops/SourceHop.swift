/// From the bucket to the enriched topic, measured by how long a record takes from its sample's time to its own.
extension HopRow {
  static let source = HopRow(
    name: "source",
    path: "bucket to EG topic",
    secondsWord: "delay",
    trend: .seconds,
    station: "topic"
  )
}

extension Fleet {
  func sourceHop(_ now: Int64) -> HopFigures {
    guard policy.hasEnrichedFeed else {
      return HopFigures(id: .source, state: .unknown, reason: "no Kafka configured")
    }
    guard let distance = traffic.enrichedDistance.value else {
      return HopFigures(id: .source, state: .unknown, reason: "no record yet")
    }
    var hop = HopFigures(id: .source, state: .ok)
    hop.secondsBehind = max(0, distance.seconds)
    return hop
  }
}
