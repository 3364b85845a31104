import Discovery
import Glibc
import MQTT
import Settings
import System
import Wording

/// Listens, says what there is, and writes a configuration where that is asked for.
///
/// - Parameters:
///   - settings: With a broker.
///   - kafka: Kafka's address, to be written too; nil for none.
/// - Returns: The exit code: 0, 3 if the broker could not be heard, 5 if there are no generators.
/// - Throws: `SystemError` if the file cannot be written.
func runDiscover(_ settings: Settings, kafka: String? = nil) throws -> Int32 {
  guard let mqtt = settings.mqtt else {
    return fail("discover needs a broker: egtop discover --mqtt mqtt://host:1883")
  }
  let file = settings.discover.file
  if let file, isThere(file) {
    return fail("\(file) is there already, and is not overwritten")
  }
  let signals = try SignalFD([SIGTERM, SIGINT, SIGHUP])
  ignoreBrokenPipes()
  let place = "\(mqtt.address.host):\(mqtt.address.port)"
  let nanoseconds = Int64(settings.discover.time / .seconds(1) * 1e9)
  let time = Figures.about(Double(nanoseconds) / 1e9)
  writeText("listening to \(place) for \(time)…\n", toError: true)
  let heard: HeardMessages
  do throws(MQTTError) {
    heard = try HeardMessages.listen(
      to: MQTTOptions(watching: mqtt),
      nanoseconds: nanoseconds,
      waker: signals.descriptor
    )
  } catch {
    writeText("egtop: \(place): \(error.reason)\n", toError: true)
    return 3
  }
  let proposal = Proposal(heard, now: wallNanoseconds())
  let text = configuration(proposal, settings, kafka)
  if settings.run.isJSON {
    writeText(try proposal.json(heard) + "\n")
  } else {
    writeText(proposal.lines(heard, from: place).joined(separator: "\n") + "\n")
    if file == nil, !proposal.yaml.isEmpty { writeText("\n" + text) }
  }
  guard proposal.kind != .none else { return 5 }
  if let file {
    try writeNewFile(file, Array(text.utf8))
    writeText("written to \(file); look: egtop --config \(file)\n", toError: true)
  }
  return 0
}

/// Whether there is such a file already.
private func isThere(_ file: String) -> Bool { (try? checkReadable(file)) != nil }

/// The whole file: the broker as it was named, and what was found.
private func configuration(_ proposal: Proposal, _ settings: Settings, _ kafka: String?) -> String {
  var lines = ["# Proposed by egtop discover; passwords are not written."]
  if let url = settings.mqtt?.address {
    let scheme = settings.mqtt?.tls == nil ? "mqtt" : "mqtts"
    lines.append("mqtt: { url: \"\(scheme)://\(Phrases.place(url.host, url.port))\" }")
  }
  if let kafka { lines.append("kafka: { brokers: [\"\(kafka)\"] }") }
  return lines.joined(separator: "\n") + "\n" + proposal.yaml
}

/// Asks three questions, then discovers, writes and checks.
///
/// - Parameter environment: All variables.
/// - Returns: The exit code.
/// - Throws: `InvocationError` for an address that is none, `SystemError` if the file cannot be written.
func runInit(environment: [String: String]) throws -> Int32 {
  guard isatty(STDIN_FILENO) == 1 else {
    return fail(
      "init asks questions: without a terminal use egtop discover --mqtt URL --write FILE"
    )
  }
  let usual = EffectiveSettings.defaultFile(environment: environment) ?? "egtop.yaml"
  guard let broker = ask("MQTT broker, such as mqtt://host:1883", "mqtt://localhost:1883"),
    let kafka = ask("Kafka, such as host:9092, or none", "none"),
    let file = ask("Write the configuration to", usual)
  else { return 2 }
  if isThere(file) { return fail("\(file) is there already, and is not overwritten") }
  if let slash = file.lastIndex(of: "/"), slash != file.startIndex {
    try makeDirectories(String(file[..<slash]))
  }
  let hasKafka = !kafka.isEmpty && kafka != "none"
  let words = ["--mqtt", broker, "--write", file]
  let invocation = try Commands.parse(["discover"] + words, environment: environment)
  guard case .discover(let settings) = invocation else { return 2 }
  let code = try runDiscover(settings, kafka: hasKafka ? kafka : nil)
  guard code == 0 else { return code }
  return try Commands.parse(["check", "--config", file], environment: environment).run()
}

/// What is typed, or what holds if nothing is; nil at the end of the input.
private func ask(_ question: String, _ usual: String) -> String? {
  writeText("\(question) [\(usual)]: ")
  guard let answer = readLine() else { return nil }
  let plain = answer.trimmingPrefix { $0.isWhitespace }
  let end = plain.lastIndex { !$0.isWhitespace }
  return end.map { String(plain[...$0]) } ?? usual
}
