internal import Dashboard
internal import System
internal import Terminal

/// Prints the slowest key of each kind, in milliseconds.
func measureKeys(generators: Int) {
  var fleet = LargeFleet(generators)
  func report(_ name: String, _ times: [Double]) {
    let sorted = times.sorted()
    let middle = (sorted[sorted.count / 2] * 10).rounded() / 10
    say("\(name) median \(middle) max \(((sorted.last ?? 0) * 10).rounded() / 10)")
  }
  func type(_ name: String, _ first: Character, _ text: String) {
    _ = fleet.time(.character(first))
    report("\(name) \(text)", text.map { fleet.time(.character($0)) })
    _ = fleet.time(.escape)
    if fleet.state.prompt != nil { _ = fleet.time(.escape) }
  }
  type("filter", "/", "fuel<55% region~3 or alarm")
  type("filter", "/", "7919")
  type("filter", "/", "/^gen.*(12|34)5$/")
  type("filter", "/", "~g1234")
  type("filter", "/", "tte<2h or age>30s or load>80")
  type("find", "f", "gen1234")
  for key in "ewjk" {
    report("key \(key)", (0..<30).map { _ in fleet.time(.character(key)) })
  }
  report("sort", ">>>>".map { fleet.time(.character($0)) })
  report("group", "tt".map { fleet.time(.character($0)) })
  report("move", (0..<30).map { _ in fleet.time(.pageDown) })
  reportFrames("frame")
  report("map", "MM".map { fleet.time(.character($0)) })
  report("map zoom", ">>>><<<<".map { fleet.time(.character($0)) })
  report("map arrow", (0..<30).map { fleet.time($0 % 2 == 0 ? .left : .up) })
  report("map fit", "gg".map { fleet.time(.character($0)) })
  reportFrames("map frame")

  /// Frames without a change, and with some.
  func reportFrames(_ name: String) {
    fleet.waitOutHold()
    _ = fleet.time(nil)
    report(name, (0..<30).map { _ in fleet.time(nil) })
    report(
      "\(name) with a thousand changes",
      (0..<30).map { round in
        let first = min(round * 1_000, max(0, generators - 1_000))
        fleet.hear(Array(first..<min(generators, first + 1_000)))
        return fleet.time(nil)
      }
    )
  }
}
