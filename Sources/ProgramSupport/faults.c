#include "ProgramSupport.h"
