#define _GNU_SOURCE
#include "ProgramSupport.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/// What is kept for the end; anything beyond is forgotten once it was taken.
enum { most_kept = 64 * 1024 };

/// Where standard output and standard error went before; -1 for one that is not held.
static int originals[2] = {-1, -1};
static int kept = -1;
/// How much of what was kept has been taken.
static off_t taken = 0;

static const int held[2] = {STDOUT_FILENO, STDERR_FILENO};

void program_output_hold(void) {
  if (kept >= 0) return;
  kept = memfd_create("output", MFD_CLOEXEC);
  if (kept < 0) return;
  // Appending, so that the file can be cut while others write.
  fcntl(kept, F_SETFL, fcntl(kept, F_GETFL) | O_APPEND);
  taken = 0;
  for (int index = 0; index < 2; index++) {
    if (!isatty(held[index])) continue;
    originals[index] = fcntl(held[index], F_DUPFD_CLOEXEC, 3);
    if (originals[index] >= 0) dup2(kept, held[index]);
  }
}

size_t program_output_take(char *bytes, size_t size) {
  if (kept < 0) return 0;
  const ssize_t count = pread(kept, bytes, size, taken);
  if (count > 0) {
    taken += count;
    return (size_t)count;
  }
  struct stat file;
  if (fstat(kept, &file) == 0 && file.st_size > most_kept && ftruncate(kept, most_kept) == 0)
    taken = most_kept;
  return 0;
}

void program_output_replay(void) {
  const int terminal = originals[1] >= 0 ? originals[1] : originals[0];
  if (kept < 0 || terminal < 0) return;
  // As much as a terminal that can be written to has room for.
  char piece[256];
  off_t place = 0;
  ssize_t count;
  while (place < most_kept && (count = pread(kept, piece, sizeof piece, place)) > 0) {
    // A terminal that takes nothing must not keep the process from going on, or from dying.
    struct pollfd output = {.fd = terminal, .events = POLLOUT};
    if (poll(&output, 1, 200) <= 0 || (output.revents & POLLOUT) == 0) break;
    const ssize_t written = write(terminal, piece, (size_t)count);
    if (written < 0) break;
    place += written;
  }
}

void program_output_release(bool replays) {
  if (kept < 0) return;
  if (replays) program_output_replay();
  for (int index = 0; index < 2; index++) {
    if (originals[index] < 0) continue;
    dup2(originals[index], held[index]);
    close(originals[index]);
    originals[index] = -1;
  }
  close(kept);
  kept = -1;
}
