#define _GNU_SOURCE
#include "ProgramSupport.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool program_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

static bool is_same_terminal(int one, int other) {
  struct stat first, second;
  return fstat(one, &first) == 0 && fstat(other, &second) == 0 && S_ISCHR(first.st_mode) &&
    first.st_rdev == second.st_rdev;
}

int program_terminal_reopen(int descriptor) {
  const int flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  char name[256];
  if (ttyname_r(descriptor, name, sizeof name) == 0) {
    const int own = open(name, flags);
    if (own >= 0 && is_same_terminal(own, descriptor)) return own;
    if (own >= 0) close(own);
  }
  // The name may be hidden or another user's; that of the controlling terminal never is.
  return tcgetsid(descriptor) == getsid(0) ? open("/dev/tty", flags) : -1;
}

int program_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

static bool is_set(const char *name) {
  const char *value = getenv(name);
  return value != NULL && value[0] != 0;
}

// Only the character set: a decimal comma would break the numbers that libraries print and parse.
bool program_locale_is_utf8(void) {
  const bool is_told = is_set("LC_ALL") || is_set("LC_CTYPE") || is_set("LANG");
  if (setlocale(LC_CTYPE, is_told ? "" : "C.UTF-8") == NULL) setlocale(LC_CTYPE, "C");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}
