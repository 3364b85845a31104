import System
import TestSupport
import Testing

/// A mosquitto and a Kafka of our own with a fleet that is fed to them, until this object goes.
final class FedBrokers {
  /// What egtop reads: `EGTOP_MQTT`, `EGTOP_KAFKA`.
  let variables: [String: String]
  private let child: ChildProcess

  init(folder: String, _ options: [String] = []) throws {
    let output = "\(folder)/feeder.out"
    child = try ChildProcess.start(
      BuiltPrograms.feeder,
      ["serve"] + options,
      output: output,
    )
    var found: [String: String] = [:]
    let child = child
    let isReady = holds {
      let bytes = (try? readFile(output, limit: 1 << 16)) ?? []
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let pair = line.split(separator: "=", maxSplits: 1)
        if pair.count == 2 { found[String(pair[0])] = String(pair[1]) }
      }
      return found.count >= 2 || child.exit != nil
    }
    try #require(isReady && found["EGTOP_KAFKA"] != nil, "the feeder did not start")
    variables = found
  }

  /// Stops the Kafka (SIGSTOP), and who feeds it; the mosquitto is a process of its own and runs on.
  func freeze() { child.send(.freeze) }

  /// Lets it run on after `freeze`.
  func thaw() { child.send(.thaw) }

  deinit {
    // In order, so that it deletes its files.
    child.terminate()
  }
}
