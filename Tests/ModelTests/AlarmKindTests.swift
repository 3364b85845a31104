import Testing

@testable import Model

struct AlarmKindTests {
  @Test func everyKindHasNamesOfItsOwnAndMarksThatFit() {
    let rows = AlarmKind.allCases.map(\.row)
    #expect(Set(rows.map(\.name)).count == rows.count)
    #expect(Set(rows.compactMap(\.recordWord)).count == rows.compactMap(\.recordWord).count)
    #expect(rows.allSatisfy { $0.name.allSatisfy { $0.isLowercase || $0 == "-" } })
    for look in rows.flatMap({ [$0.look, $0.urgentLook] }) {
      #expect((1...2).contains(look.mark.unicodeScalars.count))
    }
    #expect(AlarmKind.allCases.count <= AlarmKinds.most)
  }

  @Test func conditionsKeepEachKindApart() {
    for kind in 0..<UInt32(AlarmKinds.most) {
      let alarms = AlarmKinds(bits: 1 << kind)
      let soon = Conditions(alarms, urgent: [])
      #expect(soon.alarms == alarms && soon.urgentAlarms.isEmpty)
      #expect(soon.worst == .alarm && soon.absence == .normal)
      let urgent = Conditions(AlarmKinds(bits: 0b101).union(alarms), urgent: alarms)
      #expect(urgent.alarms.bits == 0b101 | alarms.bits && urgent.urgentAlarms == alarms)
      #expect(urgent.worst == .critical && urgent.union(.lost).absence == .lost)
    }
    #expect(Conditions.lost.union(.stale).alarms.isEmpty)
  }

  @Test func whatComesOrBecomesUrgentIsNewOnceForEachKind() {
    func conditions(_ alarms: UInt32, urgent: UInt32) -> Conditions {
      Conditions(AlarmKinds(bits: alarms), urgent: AlarmKinds(bits: urgent))
    }
    let before = conditions(0b011, urgent: 0b001)
    #expect(before.newAlarms(since: []).bits == 0b011)
    #expect(before.newAlarms(since: before).isEmpty)
    #expect(conditions(0b111, urgent: 0b001).newAlarms(since: before).bits == 0b100)
    #expect(conditions(0b101, urgent: 0b101).newAlarms(since: before).bits == 0b100)
    #expect(conditions(0b110, urgent: 0b101).newAlarms(since: before).bits == 0b100)
    #expect(conditions(0b001, urgent: 0b000).newAlarms(since: before).isEmpty)
  }

  @Test func whatTakesThePlaceOfAnAlarmOfTheSameNeedIsNoNews() {
    let (record, raw): (AlarmKinds, AlarmKinds) = ([.refuel], [.refuelRaw])
    #expect(AlarmKind.refuel.row.need == AlarmKind.refuelRaw.row.need)
    #expect(record.news(since: raw).isEmpty && raw.news(since: record).isEmpty)
    #expect(record.news(since: []) == record && raw.news(since: raw).isEmpty)
    let soon = Conditions(raw, urgent: [])
    #expect(Conditions(record, urgent: record).newAlarms(since: soon) == record)
    #expect(Conditions(record, urgent: record).newAlarms(since: Conditions(raw, urgent: raw)) == [])
  }

  @Test func flagsKeepTheNumbersThatRecordingsHave() {
    let flags: [AlarmFlag] = [.absent, .raised(.refuel), .noAction, .other]
    #expect(flags.map(\.rawValue) == [0, 1, 2, 3])
    for flag in flags + AlarmFlag.known {
      #expect(AlarmFlag(rawValue: flag.rawValue) == flag)
    }
    #expect(AlarmFlag(rawValue: .max) == nil)
    #expect(flags.map(\.word) == [nil, "refuel", "no action", nil])
  }

  @Test func aGeneratorHasItsAlarmsAndTheFleetCountsThem() throws {
    var world = World(generators: ["a", "b", "c"])
    world.record(0, fuel: 400, alarm: .refuel)
    world.pass(60)
    world.record(1, fuel: 50, alarm: .refuel)
    world.record(2, fuel: 900)
    #expect(world.fleet.counts.alarm == 2 && world.fleet.counts[.refuel] == 2)
    #expect(world.fleet.counts[.critical] == 1 && world.fleet.counts[.alarm] == 1)
    #expect(world.fleet.alarms(of: 2).isEmpty && world.fleet.alarm(.refuel, of: 2) == nil)
    #expect(world.fleet.alarms().map(\.generator) == [1, 0])
    let alarm = try #require(world.fleet.alarms(of: 0).first)
    #expect(alarm.key == AlarmKey(generator: 0, kind: .refuel) && alarm.look == .soon)
    #expect(world.generator().conditions.look(about: .fuel) == .soon)
    #expect(world.generator().conditions.look(about: .load) == nil)
    #expect(world.generator(1).conditions.mark == "!1" && world.generator(2).conditions.mark == "")
    #expect(world.fleet.alarms(of: 9).isEmpty)
  }
}
