#pragma once
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <ncurses.h>
#include <stdint.h>

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

/// Keys are read without waiting, and sequences of the keypad arrive as one key.
static inline void screen_prepare_keys(void) {
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  intrflush(stdscr, FALSE);
}

/// Reads one key: OK with a character, KEY_CODE_YES with a key code, ERR when there is none.
static inline int screen_read_key(wint_t *key) { return wget_wch(stdscr, key); }

/// Puts one character at a place, without moving on or scrolling; ERR outside of the screen.
/// `pair` may be beyond the range of a short.
static inline int screen_put(int row, int column, uint32_t scalar, attr_t attributes, int pair) {
  const wchar_t text[2] = {(wchar_t)scalar, 0};
  cchar_t cell;
  if (setcchar(&cell, text, attributes, (short)pair, &pair) == ERR) return ERR;
  return mvwadd_wchnstr(stdscr, row, column, &cell, 1);
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
