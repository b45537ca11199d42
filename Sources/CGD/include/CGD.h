#ifndef CGD_H
#define CGD_H

#include <gd.h>

/// Prepares gd's font cache for use from several threads and keeps gd from writing to stderr (its error handler
/// takes a `va_list`, which Swift cannot implement). Call it once, before anything else of gd.
void cgd_prepare(void);

/// Draws `text` with its baseline's left end at (x, y), turned by `angle` radians counter-clockwise, and writes the
/// corners of its box to `corners` (eight numbers). `pixels` is the font's em. Returns 0, or gd's error message.
const char *cgd_draw_text(gdImagePtr image, int *corners, int color, const char *font, double pixels,
                          double angle, int x, int y, const char *text);

#endif
