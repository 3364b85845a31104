import Wording
import Testing

@testable import Panes

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
}
