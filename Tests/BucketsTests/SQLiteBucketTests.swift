import BucketSupport
import Foundation
import Model
import SQLite
import System
import TestSupport
import Testing

@testable import Buckets

/// The files that buckets are kept in.
struct SQLiteBucketTests {
  private static let version = Int64(SQLiteMigrations.all.count)

  private func options(_ folder: String) -> BucketOptions {
    BucketOptions(folder: folder, name: "kafka", durability: .system)
  }

  private func putFixture(in folder: String) throws {
    let fixture = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Files/version-1.db")
    try writeNewFile("\(folder)/kafka.db", readFile(fixture.path, limit: 1 << 20))
  }

  @Test func forgetsWhatATransactionThatFailedGaveOut() throws {
    try withFolder { folder in
      let bucket = try openBucket(folder)
      func point(_ generator: String, _ offset: Int64, fuel: Int64 = 1) -> Point {
        Point(
          series: bucket.place(generator),
          time: 1000,
          fields: PointFields([.fuel: .integer(fuel)]),
          origin: Origin(topic: 0, partition: 0, offset: offset),
        )
      }
      let other = try SQLiteConnection("\(folder)/kafka.db")
      try other.execute(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON point WHEN NEW.fuel = 13
        BEGIN SELECT RAISE(ABORT, 'no'); END
        """
      )
      #expect(throws: BucketError.failed("\(folder)/kafka.db: no", isTemporary: false)) {
        _ = try bucket.append([point("g1", 1), point("g1", 2), point("g1", 3, fuel: 13)])
      }
      #expect(try bucket.summary() == [])
      #expect(try bucket.append([point("g2", 1), point("g1", 2)]) == PointCounts(written: 2))
      #expect(try bucket.summary() == ["g2@1000 1", "g1@1000 1"])
    }
  }

  @Test func saysThatItIsBusyOnlyForNow() throws {
    try withFolder { folder in
      let bucket = try openBucket(folder)
      let other = try SQLiteConnection("\(folder)/kafka.db")
      try other.execute("BEGIN IMMEDIATE")
      #expect {
        try bucket.setState("a", 1)
      } throws: { error in
        (error as? BucketError)?.isTemporary == true
      }
      try other.execute("ROLLBACK")
      try bucket.setState("a", 1)
    }
  }

  @Test func namesItsFileWhenTheDiskIsFull() throws {
    try withFolder { folder in
      let bucket = try SQLiteBucket(options(folder))
      try bucket.connection.execute("PRAGMA max_page_count = 1")
      let error = #expect(throws: BucketError.self) {
        for number in 0..<1000 as Range<Int64> {
          try bucket.add("g\(number)", at: number, fuel: .integer(1))
        }
      }
      #expect(error?.isTemporary == true)
      let words = "\(folder)/kafka.db: database or disk is full: make room on it"
      #expect(error?.description == words)
      try bucket.connection.execute("PRAGMA max_page_count = 1000000")
      try bucket.add("g", at: 1, fuel: .integer(1))
    }
  }

  @Test func namesItsFileWithoutWhatTheNameWouldDoToATerminal() throws {
    try withFolder { folder in
      let inner = "\(folder)/a\u{1B}[2J\nb"
      try makeDirectories(inner)
      try writeNewFile("\(inner)/kafka.db", Array("my diary".utf8))
      let error = #expect(throws: BucketError.self) { _ = try openBucket(inner) }
      let words = "\(folder)/a\u{FFFD}[2J\u{FFFD}b/kafka.db is not a bucket; left unchanged"
      #expect(error?.description == words)
      removeFlatDirectory(inner)
    }
  }

  @Test func makesItsFolder() throws {
    try withFolder { folder in
      let inner = "\(folder)/a"
      _ = try openBucket(inner)
      #expect(fileExists("\(inner)/kafka.db"))
      removeFlatDirectory(inner)
    }
  }

  @Test func isForItsOwnerAlone() throws {
    try withFolder { folder in
      let bucket = try openBucket(folder)
      try bucket.add("g1", at: 1, fuel: .integer(1))
      for suffix in ["", "-wal", "-shm"] {
        let attributes = try FileManager.default.attributesOfItem(
          atPath: "\(folder)/kafka.db\(suffix)"
        )
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
      }
    }
  }

  /// What an earlier version made, what a group may read on purpose, and what nobody may.
  @Test(arguments: [(0o644, 0o640), (0o666, 0o660), (0o640, 0o640), (0o600, 0o600)])
  func closesToOthersWhatIsThere(before: Int, after: Int) throws {
    try withFolder { folder in
      // While it is open, there are the two beside it.
      let earlier = try openBucket(folder)
      try earlier.add("g1", at: 1, fuel: .integer(1))
      let paths = ["", "-wal", "-shm"].map { "\(folder)/kafka.db\($0)" }
      for path in paths {
        try FileManager.default.setAttributes([.posixPermissions: before], ofItemAtPath: path)
      }
      let bucket = try openBucket(folder)
      for path in paths {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == after, "\(path)")
      }
      try bucket.add("g1", at: 2, fuel: .integer(2))
      #expect(try earlier.summary() == ["g1@1 1", "g1@2 2"])
    }
  }

  // MARK: - Files that are deleted or replaced

  /// What is deleted of it, while two have it open.
  @Test(arguments: [["", "-wal", "-shm"], ["", "-wal"], ["", "-shm"], [""]])
  func opensAnewWhatWasDeleted(suffixes: [String]) throws {
    try withFolder { folder in
      let (one, other) = (try openBucket(folder), try openBucket(folder))
      for time in 1...3 as ClosedRange<Int64> { try one.add("g\(time)", at: time, fuel: nil) }
      #expect(try other.summary().count == 3)
      #expect(!one.isReplaced && !other.isReplaced)
      for suffix in suffixes { removeFile("\(folder)/kafka.db\(suffix)") }
      #expect(one.isReplaced && other.isReplaced)
      try one.reopen()
      #expect(!one.isReplaced && other.isReplaced)
      // The places of series are what they were, and their numbers are new.
      try one.add("g3", at: 10, fuel: .integer(1))
      #expect(try other.summary().count == 3)
      try other.reopen()
      #expect(try other.summary() == ["g3@10 1"])
      try other.add("g1", at: 11, fuel: .integer(2))
      #expect(try one.summary() == ["g3@10 1", "g1@11 2"])
      #expect(try openBucket(folder).summary() == ["g3@10 1", "g1@11 2"])
      let file = try SQLiteConnection("\(folder)/kafka.db")
      let check = try file.prepare("PRAGMA integrity_check")
      #expect(try check.step() && check.text(at: 0) == "ok")
    }
  }

  @Test func opensAnewWhatWasPutInItsPlace() throws {
    try withFolder { folder in
      try openBucket(folder, "copy").add("g9", at: 9, fuel: .integer(9))
      let (one, other) = (try openBucket(folder), try openBucket(folder))
      for time in 1...3 as ClosedRange<Int64> { try one.add("g\(time)", at: time, fuel: nil) }
      #expect(rename("\(folder)/copy.db", "\(folder)/kafka.db") == 0)
      for bucket in [one, other] {
        #expect(bucket.isReplaced)
        try bucket.reopen()
        #expect(!bucket.isReplaced)
      }
      #expect(try one.summary() == ["g9@9 9"])
      try one.add("g1", at: 10, fuel: .integer(1))
      #expect(try other.summary() == ["g9@9 9", "g1@10 1"])
    }
  }

  @Test func staysOpenWhenWhatIsInItsPlaceIsNoBucket() throws {
    try withFolder { folder in
      let path = "\(folder)/kafka.db"
      let bucket = try openBucket(folder)
      try bucket.add("g1", at: 1, fuel: .integer(1))
      try writeFileAtomically(path, Array("my diary".utf8))
      #expect(throws: BucketError.notABucket(path: path)) { try bucket.reopen() }
      #expect(bucket.isReplaced)
      #expect(try bucket.summary() == ["g1@1 1"])
    }
  }

  // MARK: - Versions

  @Test func readsAFileOfVersionOne() throws {
    try withFolder { folder in
      try putFixture(in: folder)
      let bucket = try SQLiteBucket(options(folder))
      let minute: Int64 = 1_700_000_040_000_000_000
      let before = [
        "g1@\(minute) 277", "g1@\(minute + 1) 276.5",
        "g2/US@\(minute + 1_000_000_000) 900 no action", "g3/US@\(minute) 499 refuel",
      ]
      #expect(try bucket.summary() == before)
      let points = try bucket.allPoints().map(\.fields)
      let all: [Metric: PointNumber] = [
        .fuel: .integer(277), .load: .integer(2), .power: .integer(186),
        .temperature: .integer(-40), .latitude: .decimal(40.68066), .longitude: .decimal(-73.47429),
      ]
      for metric in Metric.allCases { #expect(points[0][metric] == all[metric]) }
      // What has become a metric since then is read as one.
      let voltage = Metric.allCases.first { $0.wireName == "voltage" }
      let extra =
        voltage == nil
        ? #"{"voltage":231.5,"site":"north","pressure":5}"# : #"{"site":"north","pressure":5}"#
      #expect(String(decoding: points[1].extra, as: UTF8.self) == extra)
      if let voltage { #expect(points[1][voltage] == .decimal(231.5)) }
      #expect(try bucket.state("task.kafka_downsample.sequence") == 2)
      #expect(try bucket.connection.number("PRAGMA user_version") == Self.version)
      // The record that comes again is known, and the next one gets the next sequence.
      let again = Origin(topic: 0, partition: 0, offset: 8)
      let next = Origin(topic: 0, partition: 0, offset: 10)
      let fields = PointFields([.fuel: .integer(5)])
      let counts = try bucket.append([
        Point(series: bucket.place("g1"), time: minute, fields: fields, origin: again),
        Point(series: bucket.place("g1"), time: minute, fields: fields, origin: next),
      ])
      #expect(counts == PointCounts(written: 1, unchanged: 1))
      #expect(try bucket.summary() == before + ["g1@\(minute + 2) 5"])
      #expect(try bucket.lastSequence() == 5)
    }
  }

  @Test func goesFromVersionToVersion() throws {
    try withFolder { folder in
      try putFixture(in: folder)
      let steps =
        SQLiteMigrations.all + [
          "ALTER TABLE series ADD COLUMN note DEFAULT 'new'",
          "UPDATE series SET note = note || 'er'",
        ]
      for _ in 0..<2 {
        let bucket = try SQLiteBucket(options(folder), migrations: steps)
        let newer = try bucket.connection.number(
          "SELECT count(*) FROM series WHERE note = 'newer'"
        )
        #expect(newer == 3)
        #expect(try bucket.connection.number("PRAGMA user_version") == Self.version + 2)
        #expect(try bucket.summary().count == 4)
      }
      // To a program of before, it is too new.
      let path = "\(folder)/kafka.db"
      #expect(throws: BucketError.newer(path: path, version: Int(Self.version) + 2)) {
        _ = try openBucket(folder)
      }
    }
  }

  @Test func leavesAFileAsItWasWhenAStepFails() throws {
    try withFolder { folder in
      try putFixture(in: folder)
      let steps = SQLiteMigrations.all + ["ALTER TABLE series ADD COLUMN note", "nonsense"]
      #expect(throws: BucketError.self) {
        _ = try SQLiteBucket(options(folder), migrations: steps)
      }
      let bucket = try SQLiteBucket(options(folder))
      #expect(try bucket.connection.number("PRAGMA user_version") == Self.version)
      #expect(throws: SQLiteError.self) {
        try bucket.connection.execute("SELECT note FROM series")
      }
    }
  }

  // MARK: - Files that are not ours

  @Test func leavesAFileThatIsNoBucketAlone() throws {
    try withFolder { folder in
      let path = "\(folder)/kafka.db"
      try writeFileAtomically(path, Array("my diary".utf8))
      #expect(throws: BucketError.notABucket(path: path)) { _ = try openBucket(folder) }
      #expect(try readFile(path, limit: 100) == Array("my diary".utf8))
    }
  }

  @Test func leavesAnotherProgramsDatabaseAlone() throws {
    try withFolder { folder in
      let path = "\(folder)/kafka.db"
      try SQLiteConnection(path).execute("CREATE TABLE mine (a)")
      let before = try readFile(path, limit: 1 << 20)
      #expect(throws: BucketError.notABucket(path: path)) { _ = try openBucket(folder) }
      #expect(try readFile(path, limit: 1 << 20) == before)
    }
  }

  @Test func leavesABucketOfALaterVersionAlone() throws {
    try withFolder { folder in
      let path = "\(folder)/kafka.db"
      let later = Int(Self.version) + 1
      do {
        let connection = try SQLiteConnection(path)
        try connection.execute("PRAGMA application_id = \(SQLiteMigrations.application)")
        try connection.execute("PRAGMA user_version = \(later)")
        try connection.execute("CREATE TABLE later (a)")
      }
      let before = try readFile(path, limit: 1 << 20)
      #expect(throws: BucketError.newer(path: path, version: later)) {
        _ = try openBucket(folder)
      }
      #expect(try readFile(path, limit: 1 << 20) == before)
    }
  }
}
