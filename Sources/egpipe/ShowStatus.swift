import Arguments
import FoundationEssentials
import Settings
import Synchronization
import System

/// Asks processes how their stages are, prints what they say, and returns the exit code: 0 all is well, 3 one does not
/// answer, 4 a stage is not well.
///
/// - Throws: `SettingsError` for an address that is none.
func showStatus(_ arguments: ParsedArguments) throws -> Int32 {
  let named = arguments.values[Commands.address.name] ?? []
  var addresses: [HTTPAddress] = []
  for word in named { addresses.append(try HTTPAddress(word.value.text, at: word.origin)) }
  if addresses.isEmpty { addresses = [HTTPAddress()] }
  let reports = try askAll(addresses)
  if arguments.isOn(Commands.json.name) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    writeText(String(decoding: try encoder.encode(reports), as: UTF8.self) + "\n")
  } else {
    writeText(reports.flatMap(\.lines).map { $0 + "\n" }.joined())
  }
  if reports.contains(where: { $0.failure != nil }) { return 3 }
  return reports.allSatisfy(\.isWell) ? 0 : 4
}

/// What each address has answered, by its place.
private final class Answers: Sendable {
  let reports = Mutex<[Int: StatusReport]>([:])
}

/// Asks all at once, so that one that is silent keeps nobody waiting; the answers in the order of the addresses.
private func askAll(_ addresses: [HTTPAddress]) throws(SystemError) -> [StatusReport] {
  let answers = Answers()
  var threads: [JoinableThread] = []
  for (place, address) in addresses.enumerated() {
    threads.append(
      try startThread(name: "ask") {
        let report = ask(address)
        answers.reports.withLock { $0[place] = report }
      }
    )
  }
  for thread in threads { thread.join() }
  return answers.reports.withLock { found in addresses.indices.compactMap { found[$0] } }
}

private func ask(_ address: HTTPAddress) -> StatusReport {
  do {
    let answer = try getPage(host: address.host, port: address.port, path: "/metrics")
    guard answer.status == 200 else {
      return StatusReport("\(address)", failure: "HTTP status \(answer.status)")
    }
    return StatusReport("\(address)", metrics: String(decoding: answer.body, as: UTF8.self))
  } catch {
    return StatusReport("\(address)", failure: "\(error)")
  }
}
