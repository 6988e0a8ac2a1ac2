#define _GNU_SOURCE
#include "ProgramSupport.h"

#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

static int kept = -1;
static int original = -1;

void program_stderr_hold(void) {
  if (original >= 0 || !isatty(STDERR_FILENO)) return;
  kept = memfd_create("standard-error", MFD_CLOEXEC);
  if (kept < 0) return;
  original = dup(STDERR_FILENO);
  if (original < 0 || dup2(kept, STDERR_FILENO) < 0) {
    close(kept);
    kept = -1;
  }
}

void program_stderr_replay(void) {
  if (kept < 0) return;
  char piece[512];
  off_t place = 0;
  ssize_t count;
  while ((count = pread(kept, piece, sizeof piece, place)) > 0) {
    if (write(original, piece, (size_t)count) < 0) break;
    place += count;
  }
}

void program_stderr_release(void) {
  if (kept >= 0) {
    program_stderr_replay();
    dup2(original, STDERR_FILENO);
    close(kept);
    kept = -1;
  }
  if (original >= 0) close(original);
  original = -1;
}
