import Testing

@testable import Pipeline

struct CompatTests {
  private func isOfTheArticle(_ sample: GeneratorSample, change: Int, isRefill: Bool) -> Bool {
    // Temperature, power, use; the article forgets what loads below 25 use.
    let ranges: [ClosedRange<Int>] =
      switch sample.load {
      case 0: [160...160, 0...0, 0...0]
      case 1...24: [170...190, 100...500, 0...0]
      case 25...49: [190...200, 500...1100, 50...75]
      case 50...74: [200...210, 1100...2000, 75...90]
      default: [210...300, 2000...2600, 90...130]
      }
    let isUse = isRefill ? (500...1000).contains(change) : ranges[2].contains(-change)
    return ranges[0].contains(sample.temperature) && ranges[1].contains(sample.power) && isUse
  }

  @Test func keepsToTheRangesOfTheArticle() {
    var generator = CompatGenerator(number: 0, seed: 5)
    #expect((900...1000).contains(generator.fuel))
    #expect((5...15).contains(generator.interval))
    var fuels: Set<Int> = []
    var loads: Set<Int> = []
    var strange: [GeneratorSample] = []
    for _ in 0..<200_000 {
      let before = generator.fuel
      let sample = generator.next()
      fuels.insert(sample.fuel)
      loads.insert(sample.load)
      if !isOfTheArticle(sample, change: sample.fuel - before, isRefill: before <= 0) {
        strange.append(sample)
      }
    }
    #expect(strange == [])
    #expect(loads == Set(0...100))
    #expect(fuels.allSatisfy { (-129...1000).contains($0) })
    #expect(fuels.contains { $0 < -100 }, "fuel may be negative, as in the article")
  }

  @Test func staysWhereItIsAndHasItsSeed() {
    var one = CompatGenerator(number: 3, seed: 9)
    var other = CompatGenerator(number: 3, seed: 9)
    #expect(one.identity == other.identity)
    #expect(one.identity.id == "generator4")
    for _ in 0..<100 { #expect(one.next() == other.next()) }
    #expect(CompatGenerator(number: 3, seed: 10).fuel != CompatGenerator(number: 4, seed: 10).fuel)
  }
}
