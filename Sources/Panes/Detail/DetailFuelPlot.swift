import Model
import Terminal
import Wording

/// Where the fuel curve is drawn, and its scales.
struct FuelPlot {
  /// Without the levels at its left and the times below it.
  let area: Rect
  let axis: Rect
  let scale: TimeScale
  /// The fuel at the upper edge; the lower one is 0.
  let top: Double
  /// Columns of the levels.
  let labels: Int
  /// Below this fuel is wanted.
  let mark: Double
  /// Levels that are named, with their rows from the top.
  let levels: [(level: Double, row: Int)]

  /// The plot of a tank that held at `most` so much, and lasts so many seconds if that is foreseen.
  init(_ tank: Double, most: Double, mark: Double, lasting seconds: Double?, in body: Rect) {
    self.mark = mark
    // The mark is in sight where the fuel is not far above or below it.
    let wanted = max(most, min(mark, tank), tank * 0.05)
    let steps = [0.25, 0.5, 0.75, 1].map { $0 * tank }
    let top = steps.first { $0 >= wanted * 1.02 } ?? max(wanted, tank)
    self.top = top
    labels = body.width >= 56 ? 12 : 6
    let (left, rest) = body.split(left: labels)
    let (axis, area) = rest.split(bottom: 1)
    self.area = area
    self.axis = Rect(x: left.x, y: axis.y, width: body.width, height: axis.height)
    // Ahead as far as the tank lasts, from 20 minutes to an hour.
    let ahead = seconds.map { min(max($0 * 1.2, 1_200), 3_600) } ?? 0
    scale = TimeScale(area, ahead: ahead)
    let parts = area.height >= 9 ? 4 : area.height >= 5 ? 2 : 1
    levels = (0...parts).map { part in
      let row = Int((Double(area.height - 1) * Double(part) / Double(parts)).rounded())
      return (top * Double(parts - part) / Double(parts), row)
    }
  }

  /// The row of a level, from the top; nil above the upper edge.
  func row(of level: Double) -> Int? {
    guard level.isFinite, level <= top, top > 0 else { return nil }
    let share = max(0, level) / top * Double(area.height)
    return min(area.height - 1, max(0, area.height - 1 - Int(clamping: share.rounded(.down))))
  }

  /// What is left at the right edge.
  func leftAtEnd(_ forecast: FuelForecast) -> Double {
    let seconds = Double(scale.future) * scale.secondsPerColumn
    return max(0, forecast.burn * (forecast.seconds - seconds))
  }
}
