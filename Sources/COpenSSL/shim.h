#pragma once
// The functions of one algorithm: they need no provider, so that no setting of OpenSSL can make them
// fail, which the recommended ones may.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
