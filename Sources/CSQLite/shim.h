#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast, which Swift does not import: the library copies what it is given.
static inline int CSQLite_bindText(sqlite3_stmt *statement, int index, const char *bytes, int count) {
  return sqlite3_bind_text(statement, index, bytes, count, SQLITE_TRANSIENT);
}

// The same for bytes; none are not null.
static inline int CSQLite_bindBytes(sqlite3_stmt *statement, int index, const void *bytes, int count) {
  if (count == 0) return sqlite3_bind_zeroblob(statement, index, 0);
  return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}
