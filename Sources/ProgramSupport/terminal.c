#include "ProgramSupport.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

bool program_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
    return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

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
