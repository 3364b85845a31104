import Model
import Wording

extension DashboardState {
  /// `forget`: leaves out generators that egtop only remembers, now and the next time.
  mutating func forget(_ line: CommandWords) throws(LineError) -> [Effect] {
    let known = liveFleet.onlyRemembered
    guard !line.rest.text.isEmpty else {
      let count = known.count
      throw line.missing("an id, or all for the \(Phrases.count(count, "generator")) not heard")
    }
    var forgotten = known
    if line.rest.text.lowercased() != "all" {
      let generator = try generator(line.rest)
      guard liveFleet.rememberedSince(generator) != nil else {
        throw LineError("it was heard since the start", at: line.rest.range)
      }
      forgotten = [generator]
    }
    timeline.record(Event(.feed(.forgotten(forgotten)), at: present))
    log.note(.forgotten(forgotten), after: timeline.traffic)
    askOrder(for: .filter)
    say("\(Phrases.count(forgotten.count, "generator")) forgotten")
    return [.keepFleet]
  }
}
