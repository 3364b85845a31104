import FoundationEssentials
import Model
import Testing

struct FleetPolicyTests {
  @Test func aRecordingOfBeforeHasWhatIsUsual() throws {
    #expect(try JSONDecoder().decode(FleetPolicy.self, from: Data("{}".utf8)) == FleetPolicy())
  }

  @Test func allOfItIsRead() throws {
    var policy = FleetPolicy()
    policy.tank = 900
    policy.unit = "L"
    policy.refuelMark = 300
    policy.criticalPercent = 5
    policy.criticalSeconds = 60
    policy.drySoonSeconds = 900
    policy.unknownValues = [-1]
    policy.window = 5
    policy.expectedInterval = 7
    policy.hasRawFeed = false
    policy.rawFeedIsKafka = true
    policy.hasEnrichedFeed = false
    policy.tailsRawTopic = true
    policy.sinkGroup = "sink"
    let (values, usual) = (Mirror(reflecting: policy), Mirror(reflecting: FleetPolicy()))
    for (value, other) in zip(values.children, usual.children) {
      #expect("\(value.value)" != "\(other.value)", "\(value.label ?? "") has no value here")
    }
    let data = try JSONEncoder().encode(policy)
    #expect(try JSONDecoder().decode(FleetPolicy.self, from: data) == policy)
  }
}
