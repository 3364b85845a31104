import Dashboard
import Model
import Report
import System
import Testing

@testable import egtop

struct ExporterTests {
  private var report: FleetReport { FleetReport(state) }

  private var state: DashboardState {
    var options = DashboardOptions()
    options.inventory = [InventoryEntry(id: "g1", name: "=1+1, \"Royal\"")]
    var state = DashboardState(options)
    let stamp = Stamp(monotonic: 1_000_000_000_000, wall: 1_700_000_000_000_000_000)
    _ = state.apply(
      Event(.feed(.names(generators: ["g1", "-2", "g3"], regions: ["North, Sea"])), at: stamp)
    )
    _ = state.apply(Event(.frame, at: stamp))
    return state
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("＝1+1", "'＝1+1"), ("  ＠SUM(1)", "'  ＠SUM(1)"), (" -2", "' -2"),
    ("\u{3000}＋1", "'\u{3000}＋1"), ("a=1", "a=1"), ("５", "５"),
  ])
  func noNameIsAFormula(name: String, cell: String) {
    var options = DashboardOptions()
    options.inventory = [InventoryEntry(id: "g1", name: name)]
    var state = DashboardState(options)
    let stamp = Stamp(monotonic: 1_000_000_000_000, wall: 1_700_000_000_000_000_000)
    _ = state.apply(Event(.feed(.names(generators: ["g1"], regions: [])), at: stamp))
    _ = state.apply(Event(.frame, at: stamp))
    #expect(FleetReport(state).csv().contains("g1,\(cell),"))
  }

  /// Exports and waits for what is told of it.
  private func export(_ order: ExportOrder, home: String? = nil) throws -> String {
    let exporter = try Exporter(home: home)
    exporter.write(state, order)
    exporter.close()
    return exporter.takeResults().joined()
  }

  @Test func writesANewFileAndNeverOverAnotherUnlessToldTo() throws {
    let folder = try DisposableDirectory(prefix: "egtop-export")
    let path = folder.path + "/list.csv"
    #expect(try export(ExportOrder(.csv, path: path)) == "3 generators written to \(path)")
    try writeFileAtomically(path, Array("mine".utf8))
    let refusal = try export(ExportOrder(.csv, path: path))
    #expect(refusal == "\(path) already exists; export! csv overwrites it")
    #expect(try readFile(path, limit: 100) == Array("mine".utf8))
    let order = ExportOrder(.json, path: "~/list.csv", overwrites: true)
    #expect(try export(order, home: folder.path).hasPrefix("3 generators written to"))
    let text = String(decoding: try readFile(path, limit: 1 << 16), as: UTF8.self)
    #expect(text.hasPrefix("{\"alarms\":[]"))
  }

  @Test func saysWhyItCannot() throws {
    let result = try export(ExportOrder(.csv, path: "/nowhere/list.csv"))
    #expect(result == "not exported: cannot create /nowhere/list.csv: No such file or directory")
  }

  @Test func aTableIsReadByOthersAsItIs() throws {
    let lines = report.csv().split(separator: "\r\n").map(String.init)
    #expect(lines.count == 4 && report.csv().hasSuffix("\r\n"))
    #expect(lines[0].hasPrefix("id,name,region,fuel,"))
    #expect(lines.contains { $0.hasPrefix("g1,\"'=1+1, \"\"Royal\"\"\",unknown,") })
    #expect(lines.contains { $0.hasPrefix("'-2,,unknown,,") })
    let python = try #require(Environment.current().executable("python3"))
    let folder = try DisposableDirectory(prefix: "egtop-export")
    let path = folder.path + "/list"
    _ = try export(ExportOrder(.csv, path: path + ".csv"))
    _ = try export(ExportOrder(.json, path: path + ".json"))
    let script = """
      import csv, json, sys
      rows = list(csv.DictReader(open(sys.argv[1] + '.csv', newline=''), strict=True))
      things = json.load(open(sys.argv[1] + '.json'))['generators']
      assert [r['id'].lstrip("'") for r in rows] == [t['id'] for t in things], rows
      assert set(rows[0]) == set(things[0]), (rows[0], things[0])
      assert all(None not in r and None not in r.values() for r in rows)
      """
    let child = try ChildProcess.start(
      python,
      ["-c", script, path],
      output: path + ".out"
    )
    let exit = child.wait(timeoutNanoseconds: 60_000_000_000)
    let said = String(decoding: try readFile(path + ".out", limit: 1 << 16), as: UTF8.self)
    #expect(exit == .code(0), "\(said)")
  }
}
