import Decoding
import Feeds
import Model
import Settings
import System
import Wording

/// What egtop keeps of the fleet from one run to the next: a file for each set of feeds, beside that of the views.
///
/// So a generator that has been dead for longer than the topic's past is still there after a restart. The main thread
/// has it; the file is written by a thread of its own, every five minutes and at the end.
final class FleetMemory {
  /// Those heard last are kept, and nobody that was silent for 30 days.
  static let most = 100_000
  static let longest: Int64 = 30 * 86_400 * 1_000_000_000
  private static let interval: Int64 = 300_000_000_000
  private static let firstInterval: Int64 = 60_000_000_000

  let path: String
  private let heading: String
  private let writer: NewestWriter<[KeptGenerator]>?
  private var nextAt: Int64
  private var problem: String?
  private var reported: String?
  /// Whether there is something in the file that is not to be written over.
  private var isForeign = false

  /// The memory of these feeds; nil if nothing is to be remembered or can be.
  ///
  /// - Parameters:
  ///   - settings: which feeds, and whether anything is remembered.
  ///   - isKept: whether the file is written as well.
  ///   - environment: says where the state of programs is.
  /// - Throws: `SystemError` when there is no room for a thread.
  init?(
    _ settings: Settings,
    isKept: Bool,
    environment: [String: String] = Environment.current().values
  ) throws(SystemError) {
    guard settings.screen.remembers, let view = StateFile.path(environment: environment) else {
      return nil
    }
    let feeds = settings.feedNames
    heading = "\(KeptGenerator.mark) \(feeds)"
    let path = "\(view.parentFolder)/fleet-\(String(Self.hash(feeds), radix: 16)).tsv"
    self.path = path
    nextAt = monotonicNanoseconds() + Self.firstInterval
    let heading = heading
    writer =
      isKept
      ? try NewestWriter("fleet") { generators in
        try makeDirectories(path.parentFolder)
        let text = KeptGenerator.text(generators, heading: heading)
        try writeFileAtomically(path, Array(text.utf8), mode: 0o600)
      } : nil
  }

  /// What the file holds; nothing if there is none, or none that can be read.
  func recall(at wall: Int64) -> [KeptGenerator] {
    do throws(SystemError) {
      let bytes = try readFile(path, limit: 256 << 20)
      let text = String(decoding: bytes, as: UTF8.self)
      guard let generators = KeptGenerator.all(in: text, at: wall) else {
        isForeign = true
        problem = "\(path) is of another version"
        return []
      }
      return Array(generators.prefix(Self.most))
    } catch {
      if !error.isNotFound {
        isForeign = true
        problem = Scrub.text("\(error)")
      }
      return []
    }
  }

  /// Hands over what is to be kept of a fleet, if it is due or `isNow`; returns at once.
  func keep(_ fleet: borrowing Fleet, isNow: Bool, at stamp: Stamp) {
    guard let writer, !isForeign, isNow || stamp.monotonic >= nextAt else { return }
    nextAt = stamp.monotonic + Self.interval
    var known = fleet.memory(at: stamp).filter { stamp.wall - $0.heardAt < Self.longest }
    if known.count > Self.most {
      known.sort { $0.heardAt > $1.heardAt }
      known.removeLast(known.count - Self.most)
    }
    let kept = known.map { one in
      let region = one.region > 0 ? fleet.regions[Int(one.region)] : ""
      return KeptGenerator(id: fleet.ids[Int(one.generator)], region: region, known: one)
    }
    writer.write(kept)
  }

  /// Waits until the last is written, but not for long.
  func close() { writer?.close() }

  /// Why nothing is remembered, scrubbed and told once; nil while all is well.
  func takeProblem() -> String? {
    guard let text = problem ?? writer?.failure, text != reported else { return nil }
    reported = text
    return text
  }

  /// FNV-1a: a short name for long ones, the same in every run.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

extension Settings {
  /// What tells one fleet from another: the feeds, and the context in which they were chosen.
  fileprivate var feedNames: String {
    let broker = mqtt.map { "\($0.address.host):\($0.address.port) \(self[\.mqtt.topics])" }
    let brokers = kafka.map { "\($0.brokers.joined(separator: ",")) \($0.topics)" }
    return Scrub.text(
      [context, broker, brokers].compactMap { $0 }.joined(separator: " "),
      limit: 512
    )
  }
}

extension Mailbox {
  /// Puts what memory holds, before any feed runs.
  func put(_ memory: FleetMemory) {
    let kept = memory.recall(at: wallNanoseconds())
    register(generators: kept.map(\.id), regions: kept.map(\.region))
    let known = kept.compactMap { one -> RememberedGenerator? in
      guard let generator = generator(Array(one.id.utf8).span) else { return nil }
      var known = one.known
      known.generator = generator
      known.region = region(Array(one.region.utf8).span)
      return known
    }
    if !known.isEmpty { put(.remembered(known)) }
  }
}
