internal import JSON
public import Model

/// Reads messages as sources say, without an allocation for each.
///
/// Of several sources the first that matches a message has it. What it remembers of topics and generators is bounded.
/// Owned and used by one thread.
public final class SourceDecoder {
  private var reader: SourceReader

  /// Of the sources that follow announcements.
  let books: [AnnouncementBook]

  public init(_ sources: [Source]) {
    reader = SourceReader(sources)
    books = reader.routes.compactMap(\.announcements)
  }

  /// Reads a message of MQTT.
  ///
  /// - Parameters:
  ///   - topic: Its topic.
  ///   - payload: May be empty: then values and presence are not known any more.
  ///   - now: Wall nanoseconds; a time more than a day later is not believed.
  /// - Returns: What came of it.
  public func decode(topic: Span<UInt8>, payload: Span<UInt8>, now: Int64) -> SourceOutcome {
    reader.decode(topic, payload, nil, now: now) { _ in nil }
  }

  /// Reads a record of Kafka.
  ///
  /// - Parameters:
  ///   - key: Empty if it is null; of records that a bridge wrote the MQTT topic.
  ///   - payload: The record's value.
  ///   - kafkaTopic: Its topic, which a source may name.
  ///   - now: Wall nanoseconds; a time more than a day later is not believed.
  ///   - header: Gives a header by its name, if a source asks for it.
  /// - Returns: What came of it.
  public func decode(
    key: Span<UInt8>,
    payload: Span<UInt8>,
    kafkaTopic: String,
    now: Int64,
    header: (String) -> [UInt8]? = { _ in nil }
  ) -> SourceOutcome {
    reader.decode(key, payload, kafkaTopic, now: now, header: header)
  }

  /// What the message read last said; there is none if it was not understood.
  public var findings: [SourceFinding] { reader.findings }

  /// Whose a finding of the last message is: scrubbed, of 1 to 64 characters of UTF-8.
  public func identifier(of finding: SourceFinding) -> [UInt8] { reader.ids[finding.place].bytes }

  /// The region in a finding of the last message: scrubbed, at most 64 characters; empty if it has none.
  public func region(of finding: SourceFinding) -> [UInt8] { reader.regions[finding.place].bytes }

  /// How many values of the last message could not be read; the rest of it was.
  public var lostCount: Int { reader.losses.count }

  /// The first of them, as a reason; nil if there is none.
  public var loss: Rejection? { reader.losses.first }

  /// The values of the last message that could not be read, and why.
  public var losses: [Rejection] { reader.losses }

  /// Takes the requests that nodes of Sparkplug announce themselves, where their sources allow one: without their births
  /// they cannot be read.
  ///
  /// Of one node there is one a minute at most, and ever fewer while it does not answer; of all, 20 a second.
  ///
  /// - Parameter now: Wall nanoseconds.
  /// - Returns: What is to be published, with QoS 0 and not retained, by whoever may.
  public func takeBirthRequests(at now: Int64) -> [BirthRequest] {
    reader.births.takeWanted().map { BirthRequest(of: $0, at: now) }
  }

  /// By the places of the sources.
  public var counts: [SourceCounts] { reader.counts }
}
