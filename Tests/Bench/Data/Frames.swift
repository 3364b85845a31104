internal import Dashboard
internal import Terminal

/// Prints how long a frame takes with a large fleet and with a small one, of which one generator in a hundred is in
/// alarm: the middle of many, in milliseconds.
///
/// The two take turns, so that what else the machine does weighs on both. Samples arrive between two frames, as many
/// whatever the size of the fleet.
func measureFrames(generators: Int, against few: Int) {
  var large = LargeFleet(generators, alarmEvery: 100)
  var small = LargeFleet(few, alarmEvery: 100)
  func report(_ name: String) {
    for arriving in [0, 100, 1_000] {
      var times: (large: [Double], small: [Double]) = ([], [])
      for _ in 0..<300 {
        times.large.append(large.timeFrame(after: arriving))
        times.small.append(small.timeFrame(after: arriving))
      }
      say("large \(middle(times.large)) small \(middle(times.small)) \(name), \(arriving) samples")
    }
  }
  func press(_ keys: [Key]) {
    for key in keys {
      large.apply(.key(key))
      small.apply(.key(key))
    }
    large.waitOutHold()
    small.waitOutHold()
  }
  func filter(_ text: String) {
    press([.escape, .character("/")] + text.map { .character($0) } + [.enter])
    report("filter \(text)")
  }
  report("no filter")
  filter("load>50 region~3")
  press([.escape, .character("t")])
  report("grouped")
}

private func middle(_ times: [Double]) -> Double {
  (times.sorted()[times.count / 2] * 1_000).rounded() / 1_000
}
