#define _GNU_SOURCE
#include "ProgramSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int counts[NSIG];
static int channel[2] = {-1, -1};
static sigset_t caught;

static void on_signal(int number) {
  const int saved = errno;
  atomic_fetch_add(&counts[number], 1);
  // A full pipe wakes the main loop as well.
  if (write(channel[1], "", 1) < 0) errno = saved;
}

static void catch_signal(int number, bool even_if_ignored) {
  struct sigaction action;
  sigaction(number, NULL, &action);
  if (action.sa_handler == SIG_IGN && !even_if_ignored) return;
  action.sa_handler = on_signal;
  // Without SA_RESTART: a write that blocks returns, so that Ctrl-C is heard.
  action.sa_flags = 0;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, NULL);
  sigaddset(&caught, number);
}

int program_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }

int program_signals_catch(bool with_screen, bool ignores_hangup) {
  signal(SIGPIPE, SIG_IGN);
  if (channel[0] < 0 && program_pipe(channel) != 0) return -1;
  sigemptyset(&caught);
  catch_signal(SIGINT, false);
  catch_signal(SIGTERM, false);
  if (ignores_hangup)
    signal(SIGHUP, SIG_IGN);
  else
    catch_signal(SIGHUP, false);
  if (!with_screen) program_signals_leave_screen(false);
  if (with_screen) {
    catch_signal(SIGWINCH, true);
    catch_signal(SIGTSTP, true);
    catch_signal(SIGCONT, true);
  }
  return channel[0];
}

void program_signals_leave_screen(bool ignores_hangup) {
  const int numbers[] = {SIGWINCH, SIGTSTP, SIGCONT};
  for (size_t index = 0; index < sizeof numbers / sizeof numbers[0]; index++) {
    struct sigaction action;
    sigaction(numbers[index], NULL, &action);
    if (action.sa_handler == on_signal) signal(numbers[index], SIG_DFL);
    sigdelset(&caught, numbers[index]);
  }
  if (!ignores_hangup) return;
  signal(SIGHUP, SIG_IGN);
  // One that came just before belongs to the same end of the terminal.
  atomic_store(&counts[SIGHUP], 0);
}

bool program_signals_is_waiting(int signal) { return atomic_load(&counts[signal]) > 0; }

int program_signals_take(int signal) { return atomic_exchange(&counts[signal], 0); }

void program_signals_drain(void) {
  char bytes[64];
  while (read(channel[0], bytes, sizeof bytes) > 0) {
  }
}

void program_signals_block(bool blocked) {
  pthread_sigmask(blocked ? SIG_BLOCK : SIG_UNBLOCK, &caught, NULL);
}

bool program_is_in_foreground(int descriptor) {
  const pid_t group = tcgetpgrp(descriptor);
  return group < 0 || group == getpgrp();
}

void program_stop_group(void) {
  struct sigaction ours, theirs = {.sa_handler = SIG_DFL};
  sigemptyset(&theirs.sa_mask);
  sigaction(SIGTSTP, &theirs, &ours);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}

void program_die(int number) {
  signal(number, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  raise(number);
}
