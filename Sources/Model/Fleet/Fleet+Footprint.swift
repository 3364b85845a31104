extension Fleet {
  /// About how many bytes a copy of it takes by itself, once every generator has changed since.
  ///
  /// Before that both share most of it. Ids and names are always shared. Looks at every generator.
  public var footprint: Int {
    let flat = MemoryLayout<Generator>.stride + MemoryLayout<MatchRing>.stride + 16
    return rings.reduce(count * flat + history.footprint + further.footprint + valueTimes.footprint)
    { $0 + $1.footprint }
      + events.footprint + oddValues.footprint + sampleCounts.footprint + ownEvents.footprint
      + alarmTimes.footprint + remembered.capacity * 24
      + MemoryLayout<Fleet>.size
  }
}

extension EventLog {
  fileprivate var footprint: Int { count * MemoryLayout<FleetEvent>.stride }
}
