internal import Model

extension RawDecoder {
  /// A sample as the article's simulator writes it, with a long id and exact places: 137 bytes.
  public static let articleSample =
    #"{"generatorID": "generator100000", "lat": 40.680663700, "lon": -73.474292100, "#
    + #""temperature": 286, "power": 2386, "load": 82, "fuel": 877}"#

  /// Decodes ``articleSample`` over and over, for the bench; how many of them were samples.
  public func decodeArticleSample(times: Int) -> Int {
    let topic = Array("\(Convention.topicPrefix)/generator1".utf8)
    let payload = Array(Self.articleSample.utf8)
    var samples = 0
    for _ in 0..<times {
      if case .sample = decode(topic: topic.span, payload: payload.span) { samples += 1 }
    }
    return samples
  }
}
