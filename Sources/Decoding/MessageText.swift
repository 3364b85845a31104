internal import JSON
public import Model

/// Makes of messages what a person reads: their text, their fields.
///
/// Costs allocations for each: for the messages of one generator, some a second. Owned and used by one
/// thread.
public final class MessageText {
  private var fields = JSONFields(names: .fields)

  public init() {}

  /// A message that came with `payload`, of which `size` bytes were sent.
  public func message(
    of generator: GeneratorIndex,
    _ stage: WatchedMessage.Stage,
    topic: Span<UInt8>,
    payload: Span<UInt8>,
    size: Int? = nil,
    fingerprint: UInt32,
    receivedAt: Int64
  ) -> WatchedMessage {
    let kept = payload.extracting(0..<min(payload.count, WatchedMessage.mostBytes))
    let body = kept.extracting(Envelope.body(of: kept))
    var message = WatchedMessage(stage, of: generator, receivedAt: receivedAt)
    message.topic = Scrub.text(topic, limit: Scrub.Limit.topic)
    message.size = size ?? payload.count
    message.bytes = kept.indices.map { kept[$0] }
    message.text = Scrub.text(body, limit: WatchedMessage.mostBytes)
    message.fingerprint = fingerprint
    message.fields = fields(of: payload.extracting(Envelope.body(of: payload)))
    return message
  }

  /// The fields of a flat object, its tags among them; none of anything else.
  private func fields(of body: Span<UInt8>) -> [MessageField] {
    do throws(JSONError) { try fields.read(body) } catch { return [] }
    return (0..<min(fields.count, WatchedMessage.mostFields)).map { place in
      let name = fields.withKey(at: place) { Scrub.text($0, limit: Scrub.Limit.identifier) }
      let value =
        switch fields.value(at: place) {
        case .null: "null"
        case .boolean(let isTrue): isTrue ? "true" : "false"
        case .integer(let number): "\(number)"
        case .decimal(let number): "\(number)"
        case .text: fields.withText(at: place) { Scrub.text($0, limit: Scrub.Limit.identifier) }
        }
      return MessageField(name: name, value: value)
    }
  }
}
