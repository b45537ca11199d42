#include "CGD.h"

#include <stdarg.h>

static void ignore(int priority, const char *format, va_list arguments) {
  (void)priority, (void)format, (void)arguments;
}

void cgd_prepare(void) {
  gdSetErrorMethod(ignore);
  gdFontCacheSetup();
}

const char *cgd_draw_text(gdImagePtr image, int *corners, int color, const char *font, double pixels,
                          double angle, int x, int y, const char *text) {
  // At 72 dots per inch a font's points are pixels.
  gdFTStringExtra options = {.flags = gdFTEX_RESOLUTION, .hdpi = 72, .vdpi = 72};
  return gdImageStringFTEx(image, corners, color, (char *)font, pixels, angle, x, y, (char *)text, &options);
}
