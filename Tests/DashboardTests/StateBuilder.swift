import Dashboard
import Model
import Terminal

/// A state driven by events one second apart.
struct Driver {
  var state: DashboardState
  var seconds: Double = 1_000
  /// By how many seconds the wall clock was set.
  var clockStep: Double = 0
  /// All but those to remember the view.
  var effects: [Effect] = []
  var remembered: [ViewChoices] = []

  init(_ change: (inout DashboardOptions) -> Void = { _ in }) {
    var options = DashboardOptions()
    change(&options)
    state = DashboardState(options)
    apply(.resize(width: 80, height: 24))
    apply(.feed(.status(.mqtt, .live)))
    apply(.feed(.status(.kafka, .live)))
  }

  var stamp: Stamp {
    Stamp(
      monotonic: Int64(seconds: seconds),
      wall: 1_700_000_000_000_000_000 + Int64(seconds: seconds + clockStep)
    )
  }

  mutating func apply(_ kind: Event.Kind) {
    for effect in state.apply(Event(kind, at: stamp)) {
      if case .remember(let view) = effect {
        remembered.append(view)
      } else {
        effects.append(effect)
      }
    }
  }

  mutating func press(_ keys: Key...) {
    for key in keys { apply(.key(key)) }
    apply(.frame)
  }

  mutating func type(_ text: String) {
    for character in text { apply(.key(.character(character))) }
    apply(.frame)
  }

  mutating func wait(_ time: Double) {
    seconds += time
    apply(.tick)
    apply(.frame)
  }

  /// Generators `g1` … in regions by turns, with a live sample of the given fuel each.
  mutating func add(fuels: [Double], regions: [String] = ["North", "South"]) {
    let names = fuels.indices.map { "g\($0 + 1)" }
    apply(.feed(.names(generators: names, regions: regions)))
    send(fuels)
    apply(.frame)
  }

  /// A live sample and an enriched record for each generator.
  mutating func send(_ fuels: [Double], firstGenerator: Int = 0) {
    for (place, fuel) in fuels.enumerated() {
      var reading = Reading()
      reading[.fuel] = fuel
      let generator = GeneratorIndex(place + firstGenerator)
      let sample = Sample(
        generator: generator,
        source: .mqtt,
        receivedAt: stamp.monotonic,
        reading: reading
      )
      let before = state.fleet.generators[Int(generator)].raw.fuel
      // A jump is believed when a second sample bears it out.
      let isJump = before.map { abs($0 - fuel) > 100 } ?? (fuel <= 0)
      apply(.feed(.samples(isJump ? [sample, sample] : [sample])))
      let regionCount = max(1, state.fleet.regions.count - 1)
      apply(
        .feed(
          .enriched([
            EnrichedRecord(
              generator: generator,
              region: RegionIndex(Int(generator) % regionCount + 1),
              alarm: fuel < 500 ? .refuel : .noAction,
              receivedAt: stamp.monotonic,
              sampleTime: stamp.wall,
              reading: reading
            )
          ])
        )
      )
    }
  }

  mutating func presence(_ generator: GeneratorIndex, _ word: PresenceChange.Word) {
    apply(
      .feed(
        .presence([
          PresenceChange(generator: generator, word: word, receivedAt: stamp.monotonic)
        ])
      )
    )
  }

  var ids: [String] { state.visible.map { state.fleet.ids[Int($0)] } }
  var selected: String? { state.selection.map { state.fleet.ids[Int($0)] } }
}
