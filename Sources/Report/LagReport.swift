import Wording
public import Dashboard
import Model

/// What `egtop lag --json` prints: the hops, and what is behind those that consumer groups tell of.
public struct LagReport: Encodable, Sendable {
  let schema = 1
  let time: String
  let hops: [HopReport]
  let pipeline: PipelineReport

  private enum CodingKeys: CodingKey {
    case schema, time, hops, pipeline
  }

  public init(_ state: DashboardState) {
    time = CivilTime(wall: state.now.wall).rfc3339
    hops = state.hops.map(HopReport.init)
    pipeline = PipelineReport(state.fleet.traffic)
  }
}

/// Consumer groups and partitions.
struct PipelineReport: Encodable, Sendable {
  let groups: [GroupReport]
  /// Partitions of enriched topics that an open transaction holds up.
  let held: [PartitionReport]

  init(_ traffic: Traffic) {
    groups = (traffic.groupLag?.groups ?? []).map(GroupReport.init)
    held = (traffic.groupLag?.held ?? []).map(PartitionReport.init)
  }
}

struct GroupReport: Encodable, Sendable {
  let id: String
  let state: String
  let recordsBehind: Nullable<Int>
  let recordsUncommitted: Int
  let secondsBehind: Nullable<Double>
  let isEstimated: Bool
  let commitsEachSeconds: Nullable<Double>
  let members: Nullable<Int>
  let clockAheadSeconds: Nullable<Double>
  let deadLetters: Nullable<Int>
  let reason: Nullable<String>
  let partitions: [PartitionReport]

  init(_ group: GroupFigures) {
    id = group.name
    state = group.state.rawValue
    recordsBehind = Nullable(group.recordsBehind)
    recordsUncommitted = group.recordsUncommitted
    secondsBehind = rounded(group.secondsBehind, 3)
    isEstimated = group.isEstimated
    commitsEachSeconds = rounded(group.commitsEach, 0)
    members = Nullable(group.members)
    clockAheadSeconds = rounded(group.clockAhead, 0)
    deadLetters = Nullable(group.deadLetters)
    reason = Nullable(group.reason)
    partitions = group.partitions.map(PartitionReport.init)
  }
}

struct PartitionReport: Encodable, Sendable {
  let topic: String
  let partition: Int
  let state: String
  let committed: Nullable<Int64>
  let low: Int64
  let stable: Int64
  let end: Int64
  let recordsBehind: Nullable<Int>
  let recordsToStable: Nullable<Int>
  let secondsBehind: Nullable<Double>
  let isEstimated: Bool
  let forSeconds: Nullable<Double>
  let reason: Nullable<String>

  init(_ lag: PartitionLag) {
    topic = lag.topic
    partition = lag.partition
    state = lag.state.rawValue
    committed = Nullable(lag.committed)
    (low, stable, end) = (lag.low, lag.stable, lag.end)
    recordsBehind = Nullable(lag.recordsBehind)
    recordsToStable = Nullable(lag.recordsToStable)
    secondsBehind = rounded(lag.secondsBehind, 3)
    isEstimated = lag.isEstimated
    forSeconds = rounded(lag.forSeconds, 0)
    reason = Nullable(lag.reason)
  }
}

/// The same as tables: what `egtop lag` prints.
public func plainLag(_ state: DashboardState) -> String {
  let hops = state.hops.map { hop in
    [
      hop.id.name, hop.state.name, hop.ratePerSecond.map(Figures.rate) ?? "-",
      text(hop.recordsBehind), seconds(of: hop),
      [hop.reason, hop.detail].compactMap { $0 }.joined(separator: "; "),
    ]
  }
  var lines = table([["HOP", "STATE", "RATE", "BEHIND", "TIME", ""]] + hops)
  let lag = state.fleet.traffic.groupLag
  let groups = lag?.groups ?? []
  if !groups.isEmpty {
    let heading = ["GROUP", "STATE", "MEMBERS", "BEHIND", "TIME", "COMMITS", ""]
    lines += [""] + table([heading] + groups.map(row))
  }
  let partitions =
    groups.flatMap { group in group.partitions.map { row($0, of: group.name) } }
    + (lag?.held ?? []).map { row($0, of: "-") }
  if !partitions.isEmpty {
    let heading = [
      "GROUP", "TOPIC", "PARTITION", "STATE", "COMMITTED", "LOW", "STABLE", "END", "BEHIND", "TIME",
      "FOR",
    ]
    lines += [""] + table([heading] + partitions)
  }
  return lines.joined(separator: "\n")
}

private func row(_ group: GroupFigures) -> [String] {
  [
    group.name, group.state.word, text(group.members), text(group.recordsBehind),
    seconds(group.secondsBehind, group.isEstimated),
    group.commitsEach.map { "each \(Int($0.rounded())) s" } ?? "-", group.reason ?? "",
  ]
}

private func row(_ lag: PartitionLag, of group: String) -> [String] {
  [
    group, lag.topic, "\(lag.partition)", lag.state.word, lag.committed.map { "\($0)" } ?? "-",
    "\(lag.low)", "\(lag.stable)", "\(lag.end)", text(lag.recordsBehind),
    seconds(lag.secondsBehind, lag.isEstimated), lag.forSeconds.map { Figures.delay($0) } ?? "-",
  ]
}

/// The longest they may be, where they run up and down though all is well.
private func seconds(of hop: HopFigures) -> String {
  hop.upTo.map { "up to \(Figures.delay($0))" } ?? seconds(hop.secondsBehind, hop.isEstimated)
}

/// `?` for what is not known; `~` for what stands by a foreign clock.
private func seconds(_ value: Double?, _ isEstimated: Bool) -> String {
  value.map { $0 == 0 ? "0 s" : (isEstimated ? "~" : "") + Figures.delay($0) } ?? "?"
}

private func text(_ count: Int?) -> String { count.map { "\($0)" } ?? "?" }
