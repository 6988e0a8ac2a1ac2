#include "EmbeddedData.h"

// Files become part of the program by C23's #embed, which the compiler of the Swift toolchain
// knows: 0.2 s for both files, and a changed file is rebuilt. SwiftPM's `.embedInCode` makes a
// Swift array literal of 57,000 elements instead: 5.6 s in debug builds, 10 s in release builds.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char digits[] = {
#embed "digits.csv.gz"
};

static const unsigned char mnist_orders[] = {
#embed "mnist-orders.txt"
};

static const unsigned char okabe_ito[] = {
#embed "../../themes/okabe-ito.toml"
};

static const unsigned char tol_bright_light[] = {
#embed "../../themes/tol-bright-light.toml"
};

static const unsigned char nord[] = {
#embed "../../themes/nord.toml"
};

static const unsigned char gruvbox_dark[] = {
#embed "../../themes/gruvbox-dark.toml"
};

static const unsigned char solarized_dark[] = {
#embed "../../themes/solarized-dark.toml"
};

static const unsigned char solarized_light[] = {
#embed "../../themes/solarized-light.toml"
};

static const unsigned char catppuccin_mocha[] = {
#embed "../../themes/catppuccin-mocha.toml"
};

static const unsigned char dracula[] = {
#embed "../../themes/dracula.toml"
};

static const unsigned char mono[] = {
#embed "../../themes/mono.toml"
};

// The default first, the one without colours last.
static const EmbeddedTheme themes[] = {
    {"okabe-ito", {okabe_ito, sizeof okabe_ito}},
    {"tol-bright-light", {tol_bright_light, sizeof tol_bright_light}},
    {"nord", {nord, sizeof nord}},
    {"gruvbox-dark", {gruvbox_dark, sizeof gruvbox_dark}},
    {"solarized-dark", {solarized_dark, sizeof solarized_dark}},
    {"solarized-light", {solarized_light, sizeof solarized_light}},
    {"catppuccin-mocha", {catppuccin_mocha, sizeof catppuccin_mocha}},
    {"dracula", {dracula, sizeof dracula}},
    {"mono", {mono, sizeof mono}},
};

EmbeddedResource embedded_digits(void) {
  return (EmbeddedResource){digits, sizeof digits};
}

EmbeddedResource embedded_mnist_orders(void) {
  return (EmbeddedResource){mnist_orders, sizeof mnist_orders};
}

size_t embedded_theme_count(void) {
  return sizeof themes / sizeof themes[0];
}

EmbeddedTheme embedded_theme(size_t index) {
  return themes[index];
}
