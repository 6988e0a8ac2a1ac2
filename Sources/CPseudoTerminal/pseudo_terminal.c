#include "CPseudoTerminal.h"

#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

pid_t pseudo_terminal_start(
  const char *path, char *const arguments[], char *const environment[], int columns, int rows,
  int *descriptor) {
  const struct winsize size = {
    .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  const pid_t process = forkpty(descriptor, NULL, NULL, &size);
  if (process == 0) {
    // Threads of a library may keep signals from themselves, and so from what they start.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(path, arguments, environment);
    _exit(127);
  }
  return process;
}

int pseudo_terminal_open(int columns, int rows, int *person, int *program) {
  const struct winsize size = {
    .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return openpty(person, program, NULL, NULL, &size);
}

int pseudo_terminal_resize(int descriptor, int columns, int rows) {
  const struct winsize size = {
    .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(descriptor, TIOCSWINSZ, &size);
}
