#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <ncurses.h>
#include <stdint.h>
#include <term.h>

// Macros and global variables of ncurses do not reach Swift; these functions stand for them.

static inline attr_t screen_bold(void) { return A_BOLD; }
static inline attr_t screen_dim(void) { return A_DIM; }
static inline attr_t screen_underline(void) { return A_UNDERLINE; }
static inline attr_t screen_reverse(void) { return A_REVERSE; }

static inline int screen_colors(void) { return COLORS; }
static inline int screen_color_pairs(void) { return COLOR_PAIRS; }
static inline int screen_width(void) { return getmaxx(stdscr); }
static inline int screen_height(void) { return getmaxy(stdscr); }
static inline int screen_function_key(int number) { return KEY_F(number); }

/// Keys are read without waiting, and sequences of the keypad arrive as one key. What is typed
/// meanwhile does not keep a frame from being written whole.
static inline void screen_prepare_keys(void) {
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  intrflush(stdscr, FALSE);
  typeahead(-1);
}

/// The sequences that leave the state ncurses has put the terminal in, in the order in which they
/// are to be written; NULL for one that the terminal does not have, and past the last.
static inline const char *screen_leaving_sequence(int index) {
  switch (index) {
  case 0: return exit_attribute_mode;
  case 1: return orig_pair;
  case 2: return cursor_normal;
  case 3: return keypad_local;
  case 4: return exit_ca_mode;
  default: return NULL;
  }
}

/// Whether the terminal has an alternate screen, so that what it showed before comes back.
static inline bool screen_has_alternate(void) { return enter_ca_mode != NULL; }

/// The sequence that moves to a place; NULL when the terminal has none.
static inline const char *screen_moving_sequence(int row, int column) {
  return cursor_address == NULL ? NULL : tiparm(cursor_address, row, column);
}

/// Reads one key: OK with a character, KEY_CODE_YES with a key code, ERR when there is none.
static inline int screen_read_key(wint_t *key) { return wget_wch(stdscr, key); }

/// One character and how it is written.
typedef struct {
  uint32_t scalar;
  attr_t attributes;
  /// May be beyond the range of a short.
  int32_t pair;
} ScreenCell;

/// Puts characters side by side, without moving on or scrolling; ERR outside of the screen.
static inline int screen_put(int row, int column, const ScreenCell *cells, int count) {
  cchar_t run[256];
  while (count > 0) {
    const int length = count < 256 ? count : 256;
    for (int index = 0; index < length; index++) {
      const wchar_t text[2] = {(wchar_t)cells[index].scalar, 0};
      int pair = cells[index].pair;
      if (setcchar(&run[index], text, cells[index].attributes, (short)pair, &pair) == ERR)
        return ERR;
    }
    if (mvwadd_wchnstr(stdscr, row, column, run, length) == ERR) return ERR;
    cells += length;
    column += length;
    count -= length;
  }
  return OK;
}

/// Sends to the terminal what has changed.
static inline void screen_update(void) {
  wnoutrefresh(stdscr);
  doupdate();
}

/// The next update writes every cell anew, whatever the terminal is thought to show.
static inline void screen_forget(void) { clearok(curscr, TRUE); }

/// Empties the screen in memory, for after a change of size.
static inline void screen_erase(void) { werase(stdscr); }
