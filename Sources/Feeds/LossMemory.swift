internal import Decoding
internal import FoundationEssentials
internal import Model
internal import System

/// What consumer groups lost in the last day, kept in a file so that a restart of ours does not hide it.
struct LossMemory {
  private struct Entry: Codable {
    var cluster: String
    var loss: GroupLoss
  }

  /// Entries and bytes at most.
  private static let most = 10_000
  private static let limit = 4 << 20

  let file: String?
  /// The brokers, as they were named.
  let cluster: String
  let log: Log

  init(file: String?, cluster: String, _ log: Log) {
    self.file = file
    self.cluster = cluster
    self.log = log
  }

  /// Those of this cluster that are not too old; none from a file that cannot be read.
  func losses(at wall: Int64) -> [GroupLoss] {
    entries(at: wall).filter { $0.cluster == cluster }.map { entry in
      var loss = entry.loss
      // The file is from outside like any other.
      (loss.group, loss.topic) = (Scrub.text(loss.group), Scrub.text(loss.topic))
      return loss
    }
  }

  /// Writes what is to be remembered, and leaves what belongs to other clusters.
  func keep(_ losses: [GroupLoss], at wall: Int64) {
    let newest = losses.map(\.since).max()
    for loss in losses where loss.since == newest {
      log.warning(
        loss.kind == .lost ? "kafka records deleted unread" : "kafka topic made anew",
        [
          "group": loss.group, "topic": loss.topic, "partition": "\(loss.partition)",
          "committed": "\(loss.committed)", "records": "\(loss.records)",
        ]
      )
    }
    guard let file else { return }
    let others = entries(at: wall).filter { $0.cluster != cluster }
    let all = others + losses.suffix(Self.most).map { Entry(cluster: cluster, loss: $0) }
    do {
      let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
      try makeDirectories(folder)
      try writeFileAtomically(file, Array(try JSONEncoder().encode(all)), mode: 0o600)
    } catch {
      log.warning("losses not kept", ["reason": "\(error)"])
    }
  }

  private func entries(at wall: Int64) -> [Entry] {
    guard let file, let bytes = try? readFile(file, limit: Self.limit),
      let all = try? JSONDecoder().decode([Entry].self, from: Data(bytes))
    else { return [] }
    return all.filter { $0.loss.isTold(at: wall) }
  }
}
