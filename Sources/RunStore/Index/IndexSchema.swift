import GRDB

/// The tables of the index. Everything in them is read from the folders of runs, so that another
/// version has no need to carry anything over.
enum IndexSchema {
  /// Kept in `PRAGMA user_version`.
  static let version = 2

  static let tables = ["runs", "tags", "keys", "metrics", "settings"]

  /// `stamp` tells whether a folder has changed; `isOutside`, whether it is not in the folder of
  /// all runs. Metrics and settings have the numbers of their keys, which keeps the file small.
  private static let statements = """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY, folder TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
      isOutside INTEGER NOT NULL, stamp INTEGER NOT NULL, hasEvents INTEGER NOT NULL,
      state TEXT NOT NULL, experiment TEXT, model TEXT, seed INTEGER, parameters INTEGER,
      created TEXT, ended TEXT, outcome TEXT, reason TEXT, step INTEGER, steps INTEGER,
      epoch INTEGER, epochs INTEGER, seconds REAL, parent TEXT, parentStep INTEGER, note TEXT,
      tags TEXT, trace TEXT, best REAL, last REAL, test REAL, infinity REAL, bits REAL);
    CREATE INDEX runsByCreation ON runs (created);
    CREATE TABLE tags (
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, tag TEXT NOT NULL,
      PRIMARY KEY (run, tag)) WITHOUT ROWID;
    CREATE TABLE keys (
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name));
    CREATE TABLE metrics (
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, key INTEGER NOT NULL,
      last REAL, best REAL, PRIMARY KEY (run, key)) WITHOUT ROWID;
    CREATE TABLE settings (
      run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, key INTEGER NOT NULL,
      value, PRIMARY KEY (run, key)) WITHOUT ROWID;
    """

  /// Makes the tables anew; those of an older version go.
  static func make(_ database: Database) throws {
    for table in tables.reversed() {
      try database.execute(sql: "DROP TABLE IF EXISTS \(table)")
    }
    try database.execute(sql: statements)
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// What a file that could be opened turns out to be.
  enum Finding {
    case empty, present, older, newer
    /// Not made by this program, or parts are missing.
    case foreign
  }

  static func examine(_ database: Database) throws -> Finding {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let names = try String.fetchSet(
      database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
    if found > version { return .newer }
    if names.isEmpty { return .empty }
    if found <= 0 { return .foreign }
    if found < version { return .older }
    return names.isSuperset(of: tables) ? .present : .foreign
  }
}
