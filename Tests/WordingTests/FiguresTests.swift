import Testing
import Wording

struct FiguresTests {
  @Test(arguments: [
    (0.0, "0"), (4.06, "4.1"), (-0.04, "0"), (-5, "-5"), (499.97, "500"), (499.7, "499.7"),
    (.nan, "?"), (.infinity, "?"), (1e300, "1000000000000"),
  ])
  func numbers(value: Double, text: String) {
    #expect(Figures.exact(value) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1.0k"), (8_349, "8.3k"), (41_200, "41k"), (999_499, "999k"),
    (1_200_000, "1.2M"), (-1_500, "-1.5k"), (.max, "1000000000000M"),
  ])
  func countsInFewDigits(count: Int, text: String) {
    let shown = Figures.compact(count)
    #expect(count == .max ? shown.hasSuffix("M") : shown == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1 000"), (1_204_331, "1 204 331"), (-12_345, "-12 345"),
  ])
  func countsInAllDigits(count: Int, text: String) {
    #expect(Figures.grouped(count) == text)
  }

  @Test(arguments: [
    (-3.0, "0s"), (0.9, "0s"), (9.9, "9s"), (10, "10s"), (59, "50s"), (60, "1m"), (3_599, "59m"),
    (3_600, "1h"), (172_800, "2d"), (1e30, "999d"), (.nan, "?"),
  ])
  func agesInSteps(seconds: Double, text: String) {
    #expect(Figures.age(seconds) == text)
  }

  @Test(
    arguments: [
      (nil, "--"), (0, "0h00m"), (1_260, "0h21m"), (45_600, "12h40m"), (356_400, ">99h"),
      (.infinity, "--"),
    ] as [(Double?, String)]
  )
  func timeToEmpty(seconds: Double?, text: String) {
    #expect(Figures.timeToEmpty(seconds) == text)
  }

  @Test(arguments: [
    (0.0, "0 s"), (0.0001, "1 ms"), (0.012, "12 ms"), (0.214, "210 ms"), (0.997, "1.0 s"),
    (1.94, "1.9 s"), (31.2, "31 s"), (240, "4m"), (.nan, "?"),
  ])
  func delays(seconds: Double, text: String) {
    #expect(Figures.delay(seconds) == text)
  }

  @Test(arguments: [(4.1, "4.1%"), (100, "100.0%"), (-0.5, "-0.5%"), (1e9, ">999%")])
  func percents(value: Double, text: String) {
    #expect(Figures.percent(value) == text)
  }

  @Test(arguments: [(312.0, "312"), (4.25, "4.25"), (-0.5, "-0.5"), (1e16, "1e+16"), (.nan, "nan")])
  func numbersAsTheyAre(value: Double, text: String) {
    #expect(Figures.plain(value) == text)
  }

  @Test(arguments: [(312.4, "312"), (9.94, "9.9"), (9.96, "10"), (4, "4"), (-0.51, "-0.5")])
  func numbersReadAloud(value: Double, text: String) {
    #expect(Figures.spoken(value) == text)
  }

  @Test(arguments: [(54.97, "54.9700"), (-1.61, "-1.6100"), (0.00004, "0.0000"), (180, "180.0000")])
  func coordinates(value: Double, text: String) {
    #expect(Figures.degrees(value) == text)
  }

  @Test func digitsWithZerosBefore() {
    #expect(Figures.digits(7, count: 3) == "007")
    #expect(Figures.digits(1_234, count: 2) == "1234")
    #expect(Figures.digits(255, count: 4, radix: 16) == "00ff")
  }

  @Test(arguments: [
    (-1.0, "0s"), (12, "12s"), (252, "4m12s"), (3_599, "59m59s"), (3_840, "1h04m"), (.nan, "?"),
  ])
  func spansInTwoUnits(seconds: Double, text: String) {
    #expect(Figures.span(seconds) == text)
  }

  @Test(arguments: [(300.0, "0h5m"), (45_600, "12h40m"), (1e12, "1000h0m")])
  func hoursAndMinutes(seconds: Double, text: String) {
    #expect(Figures.hoursAndMinutes(seconds) == text)
  }

  @Test(arguments: [
    (-3.0, "less than 1 s"), (12.9, "12 s"), (180, "3 min"), (18_000, "5 h"), (172_800, "2 days"),
    (.infinity, "an unknown time"),
  ])
  func spansInASentence(seconds: Double, text: String) {
    #expect(Figures.about(seconds) == text)
  }

  @Test(arguments: [
    (0.6, "1 second"), (40, "40 seconds"), (1_260, "21 minutes"), (10_800, "3 hours"),
    (172_800, "2 days"), (.nan, "an unknown time"),
  ])
  func spansReadAloud(seconds: Double, text: String) {
    #expect(Figures.spokenSpan(seconds) == text)
  }
}

struct PhrasesTests {
  @Test func oneIsNoPlural() {
    #expect(Phrases.count(1, "step") == "1 step")
    #expect(Phrases.count(0, "step") == "0 steps")
    #expect(Phrases.count(2, "new alarm") == "2 new alarms")
  }

  @Test func longListsSayHowManyMoreThereAre() {
    #expect(Phrases.list(["a", "b"], atMost: 2) == "a, b")
    #expect(Phrases.list(["a", "b", "c", "d"], atMost: 2) == "a, b and 2 more")
    #expect(Phrases.list(first: ["a"], of: 200_000) == "a and 199999 more")
  }
}
