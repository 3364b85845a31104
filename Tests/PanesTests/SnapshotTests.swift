import Terminal
import TestSupport
import Testing

/// Pictures of every view; `RECORD_SNAPSHOTS=1 swift test` takes them anew.
struct SnapshotTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 12), (20, 5), (8, 2)])
  func theDashboard(width: Int, height: Int) throws {
    let fleet = SampleFleet((width, height))
    try expectSnapshot(fleet.canvas(), named: "dashboard-\(width)x\(height)")
    try expectSnapshot(fleet.canvas(.ascii), named: "dashboard-\(width)x\(height)-ascii")
  }
}
