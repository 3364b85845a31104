import Dashboard
import Model
import Terminal

extension Picture {
  /// The last messages of the generator as they came.
  func drawRecords(_ subject: DetailSubject, in area: Rect, on canvas: inout Canvas) {
    let inside = frame(.detailRecord, area, title: "LAST MESSAGES", on: &canvas)
    _ = inside
  }

  func drawPath(_ subject: DetailSubject, in area: Rect, on canvas: inout Canvas) {
    let inside = frame(.detailPath, area, title: "PATH OF THE LAST RECORD", on: &canvas)
    _ = inside
  }
}
