#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/// Catches SIGINT, SIGTERM and SIGHUP, the last unless it is to be ignored, and with a screen also SIGWINCH, SIGTSTP and SIGCONT; a
/// signal that the parent has had ignored stays ignored, except that of the screen. The handlers
/// only count and write a byte to a pipe. SIGPIPE is ignored. Returns the end of the pipe that
/// becomes readable when a signal came, or -1 with errno set.
int program_signals_catch(bool with_screen, bool ignores_hangup);

/// Leaves SIGWINCH, SIGTSTP and SIGCONT to do what they do by default, for when there is no screen
/// any more, and ignores SIGHUP from now on if asked to.
void program_signals_leave_screen(bool ignores_hangup);

/// Whether `signal` came since it was last taken.
bool program_signals_is_waiting(int signal);

/// How often `signal` came since this was last asked.
int program_signals_take(int signal);

/// Empties the pipe of program_signals_catch.
void program_signals_drain(void);

/// Makes a pipe that never blocks and is not inherited; 0, or -1 with errno set.
int program_pipe(int ends[2]);

/// Keeps the caught signals from the calling thread, and from threads it starts, or lets them in
/// again. A thread that is never interrupted needs no care for calls that end with EINTR.
void program_signals_block(bool blocked);

/// Whether the process may change the terminal without being stopped for it.
bool program_is_in_foreground(int descriptor);

/// Stops the process group as Ctrl-Z does for a program that does not catch it. Returns when the
/// process goes on.
void program_stop_group(void);

/// Ends the process by `signal` as if it had never been caught. Returns only when that is ignored.
void program_die(int signal);

/// Catches SIGSEGV, SIGILL, SIGBUS, SIGFPE, SIGABRT and SIGTRAP on a stack of their own: the
/// terminal is restored if it is armed, and the signal then ends the process as it would have.
void program_faults_catch(void);

/// Gives the calling thread a stack of its own for faults too, so that one that has used up its
/// stack is caught as well. It lasts as long as the process.
void program_faults_prepare_thread(void);

/// From now on a fault writes `bytes` (at most 256) to `descriptor`, if that has room for them, and
/// sets its modes to `modes`.
void program_terminal_arm(
  int descriptor, const struct termios *modes, const char *bytes, size_t count);
void program_terminal_disarm(void);

/// Keeps what is written to standard output and standard error, as far as they are terminals, so that
/// it does not garble the screen.
void program_output_hold(void);

/// Copies what was kept since this was last called, at most `size` bytes; returns how many, 0 when
/// there is nothing more at present.
size_t program_output_take(char *bytes, size_t size);

/// Lets both through again. With `replays`, the first 64 KiB of what was kept are written first.
void program_output_release(bool replays);

/// Writes what was kept, from within a signal handler.
void program_output_replay(void);

/// Opens the terminal behind `descriptor` once more, for writing that never blocks, without making
/// it so for others who have it open; -1 when that is not possible.
int program_terminal_reopen(int descriptor);

/// A file in memory that is not inherited; -1 with errno set.
int program_memory_file(const char *name);

/// Columns and rows of the terminal; false when it does not know.
bool program_terminal_size(int descriptor, int *columns, int *rows);

/// Whether the character set of the environment is UTF-8; sets the C library to it. Where the
/// environment says nothing about it, UTF-8 is taken for granted.
bool program_locale_is_utf8(void);
