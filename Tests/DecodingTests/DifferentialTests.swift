import Decoding
import FoundationEssentials
import Model
import Testing

/// What Foundation's decoder makes of a sample.
private struct Peer: Decodable {
  /// Read so that it is checked: Foundation passes by what nobody asks for.
  var x: String?
  var generatorID: String?
  var fuel, load, power, temperature, lat, lon: Double?

  var reading: Reading {
    var reading = Reading()
    reading[.fuel] = fuel
    reading[.load] = load
    reading[.power] = power
    reading[.temperature] = temperature
    reading[.latitude] = lat
    reading[.longitude] = lon
    return reading
  }
}

/// Our decoder against Foundation's, on samples with one byte changed, put in or taken out.
struct DifferentialTests {
  private static let samples = [
    #"{"generatorID": "generator1", "lat": 40.68066, "lon": -73.47429, "temperature": 186, "#
      + #""power": 186, "load": 2, "fuel": 277}"#,
    #"{"fuel":-12.5e1,"x":"é\n\u00e9","load":null,"list":["a",{"b":true}],"generatorID":"g"}"#,
  ]

  @Test(arguments: 0..<20)
  func agreesWithFoundation(seed: UInt64) {
    var random = Random(state: seed)
    let raw = Raw()
    for _ in 0..<200 {
      let payload = changed(Self.samples[Int(random.next() % 2)], using: &random)
      let peer = try? JSONDecoder().decode(Peer.self, from: Data(payload))
      let text = String(decoding: payload, as: UTF8.self)
      switch raw.decode(payload) {
      // Foundation gives the whole message up for a number that no double can hold.
      case .sample where raw.decoder.lostCount > 0: #expect(peer == nil, "\(text)")
      case .sample(let reading): #expect(peer?.reading == reading, "\(text)")
      case .ignored: #expect(peer.map(\.reading.isEmpty) ?? true, "\(text)")
      // Foundation lets a comma stand before a closing bracket.
      case .rejected:
        #expect(peer == nil || text.contains(",}") || text.contains(",]"), "\(text)")
      }
    }
  }

  @Test(arguments: 0..<10)
  func survivesAnything(seed: UInt64) {
    var random = Random(state: seed &+ 1_000)
    let raw = Raw()
    let enriched = EnrichedDecoder()
    for _ in 0..<300 {
      var payload = Array((EnrichedDecoderTests.shapes.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        payload = changed(String(decoding: payload, as: UTF8.self), using: &random)
      }
      if random.next() % 4 == 0 { payload += random.hostileBytes(count: 30) }
      if random.next() % 4 == 0 { payload.removeLast(payload.count / 2) }
      _ = raw.decode(payload)
      _ = enriched.decode(key: payload.span, value: payload.span, now: 1_769_903_999_000_000_000)
      #expect(raw.decoder.identifier.count <= 512)
      #expect(enriched.region.count <= 512)
    }
  }

  private func changed(_ sample: String, using random: inout Random) -> [UInt8] {
    var bytes = Array(sample.utf8)
    let alphabet = Array(#"{}[]",:0123456789.-+eE tfn\u/x"#.utf8)
    let byte = alphabet.randomElement(using: &random) ?? 0x20
    let index = bytes.isEmpty ? 0 : Int.random(in: bytes.indices, using: &random)
    switch random.next() % 3 {
    case 0 where !bytes.isEmpty: bytes[index] = byte
    case 1 where !bytes.isEmpty: bytes.remove(at: index)
    default: bytes.insert(byte, at: index)
    }
    return bytes
  }
}
