#include "ProgramSupport.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
  volatile sig_atomic_t armed;
  int descriptor;
  struct termios modes;
  char bytes[256];
  size_t count;
} terminal;

void program_terminal_arm(
  int descriptor, const struct termios *modes, const char *bytes, size_t count) {
  terminal.armed = 0;
  terminal.descriptor = descriptor;
  terminal.modes = *modes;
  terminal.count = count < sizeof terminal.bytes ? count : sizeof terminal.bytes;
  memcpy(terminal.bytes, bytes, terminal.count);
  terminal.armed = 1;
}

void program_terminal_disarm(void) { terminal.armed = 0; }

// Only calls that are safe in a signal handler.
static void on_fault(int number) {
  if (terminal.armed) {
    terminal.armed = 0;
    // A terminal that takes nothing must not keep the process from dying.
    struct pollfd output = {.fd = terminal.descriptor, .events = POLLOUT};
    const bool has_room = poll(&output, 1, 200) > 0 && (output.revents & POLLOUT) != 0;
    if (has_room && write(terminal.descriptor, terminal.bytes, terminal.count) < 0) {
      /* nothing to be done */
    }
    tcsetattr(terminal.descriptor, TCSANOW, &terminal.modes);
    if (has_room) program_output_replay();
  }
  raise(number);
}

void program_faults_prepare_thread(void) {
  // Large enough for the vector registers of any processor, which SIGSTKSZ is not.
  const size_t size = 64 * 1024;
  const stack_t alternate = {.ss_sp = malloc(size), .ss_size = size};
  if (alternate.ss_sp != NULL) sigaltstack(&alternate, NULL);
}

void program_faults_catch(void) {
  program_faults_prepare_thread();
  const int faults[] = {SIGSEGV, SIGILL, SIGBUS, SIGFPE, SIGABRT, SIGTRAP};
  struct sigaction action = {.sa_handler = on_fault};
  action.sa_flags = (int)(SA_ONSTACK | SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (size_t index = 0; index < sizeof faults / sizeof faults[0]; index++)
    sigaction(faults[index], &action, NULL);
}
