#pragma once
#include <sys/types.h>
#include <termios.h>

/// Starts a program on a new pseudo-terminal of the given size, which is its controlling terminal
/// and its standard input, output and error. `descriptor` becomes the side that a person would
/// see. Arguments and environment end with NULL. Returns the process id, or -1 with errno set.
pid_t pseudo_terminal_start(
  const char *path, char *const arguments[], char *const environment[], int columns, int rows,
  int *descriptor);

/// Opens both sides of a new pseudo-terminal without a program; 0, or -1 with errno set.
int pseudo_terminal_open(int columns, int rows, int *person, int *program);

/// Gives the terminal another size, which sends SIGWINCH to the program.
int pseudo_terminal_resize(int descriptor, int columns, int rows);
