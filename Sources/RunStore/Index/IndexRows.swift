import GRDB
import GRDBSQLite

/// The rows of a statement, read column by column without a copy of the row: lists have tens of
/// thousands. A column of another type than asked for, as damaged files have, is converted by
/// SQLite and never a trap.
struct IndexRows {
  private let statement: Statement
  private let database: Database

  init(
    _ database: Database, sql: String, arguments: [DatabaseValue] = []
  ) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
    statement.arguments = StatementArguments(arguments)
  }

  /// Goes over the rows.
  func forEach(_ body: (IndexRow) -> Void) throws {
    let pointer = statement.sqliteStatement
    defer { sqlite3_reset(pointer) }
    while true {
      let code = sqlite3_step(pointer)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: code),
          message: sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) })
      }
      body(IndexRow(pointer: pointer))
    }
  }
}

/// The present row; valid only while it is.
struct IndexRow {
  fileprivate let pointer: SQLiteStatement

  func text(_ column: Int32) -> String? {
    guard sqlite3_column_type(pointer, column) != SQLITE_NULL,
      let bytes = sqlite3_column_text(pointer, column)
    else { return nil }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  func integer(_ column: Int32) -> Int? {
    guard sqlite3_column_type(pointer, column) != SQLITE_NULL else { return nil }
    return Int(sqlite3_column_int64(pointer, column))
  }

  func number(_ column: Int32) -> Double? {
    guard sqlite3_column_type(pointer, column) != SQLITE_NULL else { return nil }
    return sqlite3_column_double(pointer, column)
  }

  func value(_ column: Int32) -> RunSummary.SettingValue? {
    switch sqlite3_column_type(pointer, column) {
    case SQLITE_INTEGER: integer(column).map { .integer($0) }
    case SQLITE_FLOAT: number(column).map { .number($0) }
    case SQLITE_NULL: nil
    default: text(column).map { .text($0) }
    }
  }
}
