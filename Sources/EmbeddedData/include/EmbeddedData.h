#pragma once
#include <stddef.h>

/// Bytes that are part of the program file itself; they live as long as the process.
typedef struct EmbeddedResource {
  const unsigned char *_Nonnull bytes;
  size_t count;
} EmbeddedResource;

/// The handwritten digits of Alpaydin and Kaynak (1998, CC BY 4.0) as gzip-compressed CSV.
EmbeddedResource embedded_digits(void);

/// The published pixel orders and validation sets of the MNIST family as text.
EmbeddedResource embedded_mnist_orders(void);

/// A theme file by the name of its theme.
typedef struct EmbeddedTheme {
  const char *_Nonnull name;
  EmbeddedResource text;
} EmbeddedTheme;

/// How many theme files are part of the program.
size_t embedded_theme_count(void);

/// A theme file, in the order in which themes follow one another; `index` must be below the count.
EmbeddedTheme embedded_theme(size_t index);
