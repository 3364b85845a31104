internal import Glibc

/// Something that reads inputs of others.
struct FuzzTarget {
  let name: String
  /// How many of all inputs it gets, as a weight.
  let share: Int
  let corpus: [[UInt8]]
  /// How many inputs together may take no longer than a second.
  var round = 256
  /// See `Mutator`.
  var changesNumbers = false
  let read: ([UInt8]) -> Void

  /// Tries inputs, and says how many in which time.
  ///
  /// - Throws: `FuzzFailure` when the memory grows from the first tenth to the end.
  func run(_ count: Int, _ mutator: inout Mutator, _ place: InputPlace) throws(FuzzFailure) {
    let start = clock()
    var memory = 0
    for number in 0..<count {
      if number.isMultiple(of: round) { alarm(1) }
      let input = mutator.next()
      place.keep(input)
      read(input)
      if number == count / 10 { memory = residentMegabytes() }
    }
    alarm(0)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    let growth = residentMegabytes() - memory
    print("\(name): \(count) inputs, \(Int(seconds)) s, \(growth) MB more in memory")
    fflush(nil)
    guard growth < 64 else { throw FuzzFailure(description: "\(name): memory grows") }
  }

  private func residentMegabytes() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}

struct FuzzFailure: Error, CustomStringConvertible {
  let description: String
}
