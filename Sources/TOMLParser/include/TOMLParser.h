#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// toml++ for C: a text is parsed into a list of items, each table and list before what is in it.

typedef enum {
  toml_flag,
  toml_integer,
  toml_number,
  toml_text,
  toml_list,
  toml_table,
  // A date or a time of day.
  toml_moment,
} toml_kind;

typedef struct {
  toml_kind kind;
  // Of an entry of a table, in UTF-8; it may contain zeros. NULL in lists and for the root.
  const char *key;
  size_t key_length;
  // Entries of a list or a table: the next items that are not within others.
  size_t count;
  // A flag is 0 or 1.
  int64_t integer;
  double number;
  // In UTF-8; it may contain zeros.
  const char *text;
  size_t text_length;
} toml_item;

typedef struct toml_reading toml_reading;

// Parses `length` bytes. To be freed with toml_reading_free.
toml_reading *toml_read(const char *text, size_t length);
void toml_reading_free(toml_reading *reading);

// Why the text isn't TOML, or NULL; with line and column counted from 1.
const char *toml_reading_error(const toml_reading *reading, size_t *line, size_t *column);

// The root table and all that is in it; they live as long as the reading.
const toml_item *toml_reading_items(const toml_reading *reading, size_t *count);

#ifdef __cplusplus
}
#endif
