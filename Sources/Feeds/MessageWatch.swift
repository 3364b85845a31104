internal import Decoding
internal import Model

/// Lets through the messages of the generator that is looked at, at most four a second of each stage.
///
/// Lives on a feed's thread. While nobody looks, a message costs one comparison.
struct MessageWatch {
  private static let pause: Int64 = 250_000_000

  private var text: MessageText?
  private(set) var generator: GeneratorIndex?
  private var taken = [Int64](repeating: .min, count: WatchedMessage.Stage.allCases.count)

  /// Takes over which generator is looked at; true if that is another one now.
  mutating func look(at generator: GeneratorIndex?) -> Bool {
    guard generator != self.generator else { return false }
    self.generator = generator
    if generator != nil, text == nil { text = MessageText() }
    for place in taken.indices { taken[place] = .min }
    return generator != nil
  }

  /// What makes texts of a message of `generator`, if it is to be told; nil if not.
  mutating func text(
    of generator: GeneratorIndex,
    _ stage: WatchedMessage.Stage,
    at time: Int64
  ) -> MessageText? {
    guard generator == self.generator else { return nil }
    let place = Int(stage.rawValue)
    guard time.nanoseconds(since: taken[place]) >= Self.pause else { return nil }
    taken[place] = time
    return text
  }
}
