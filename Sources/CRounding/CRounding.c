#define _GNU_SOURCE
#include "CRounding.h"

#include <dlfcn.h>
#include <fenv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Doubles of x86 are rounded by the vector unit alone, whose control register takes a few cycles to
// write; fesetround also rewrites the x87's, and takes longer than an exponential.
#if defined(__SSE2__)
#include <xmmintrin.h>
typedef unsigned control;
#define READ_CONTROL() _mm_getcsr()
#define WRITE_CONTROL(c) _mm_setcsr(c)
#else
typedef int control;
#define READ_CONTROL() fegetround()
#define WRITE_CONTROL(c) fesetround(c)
#endif

static _Thread_local uint64_t trial;
/// Whether the trial rounds otherwise than to nearest, and the two settings between which its calls
/// of libm switch.
static _Thread_local _Bool directed;
static _Thread_local control nearest, chosen;

static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};

void rounding_begin(uint64_t number, int mode) {
  trial = number;
  directed = (mode & 3) != rounding_nearest;
  fesetround(FE_TONEAREST);
  nearest = READ_CONTROL();
  fesetround(modes[mode & 3]);
  chosen = READ_CONTROL();
}

void rounding_end(void) {
  trial = 0;
  fesetround(FE_TONEAREST);
}

uint64_t rounding_trial(void) { return trial; }

static uint64_t bits(double x) {
  uint64_t b;
  memcpy(&b, &x, sizeof b);
  return b;
}

/// One unit in the last place larger or smaller. Results that are exact by definition (of argument
/// zero, zeros, infinities) stay: moving exp(0) would blame libm for an error that it never makes.
static double moved(double y, uint64_t function, double x) {
  if (x == 0 || y == 0 || !isfinite(y)) return y;
  uint64_t h = (bits(x) ^ function * 0x9e3779b97f4a7c15u) + trial * 0xd1b54a32d192ed03u;
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
  // Neighbouring numbers of one sign are neighbouring integers.
  uint64_t b = bits(y) + ((h ^ (h >> 31)) & 1 ? 1 : -1);
  memcpy(&y, &b, sizeof y);
  return y;
}

/// The function of that name which this one hides.
static void *hidden(const char *name) {
  void *function = dlsym(RTLD_NEXT, name);
  if (!function) abort();
  return function;
}

// libm is accurate to a unit in the last place under rounding to nearest only, so a trial calls it
// that way. The pointer is found at the first call; two threads that race find the same one.
#define NEAREST(call)                       \
  if (directed) WRITE_CONTROL(nearest);     \
  double y = call;                          \
  if (directed) WRITE_CONTROL(chosen);

#define UNARY(name, number)                                                             \
  double name(double x) {                                                               \
    static double (*volatile function)(double);                                         \
    if (!function) function = (double (*)(double))hidden(#name);                        \
    if (!trial) return function(x);                                                     \
    NEAREST(function(x))                                                                \
    return moved(y, number, x);                                                         \
  }

#define BINARY(name, number)                                                            \
  double name(double a, double b) {                                                     \
    static double (*volatile function)(double, double);                                 \
    if (!function) function = (double (*)(double, double))hidden(#name);                \
    if (!trial) return function(a, b);                                                  \
    NEAREST(function(a, b))                                                             \
    return b == 0 ? y : moved(y, number, a + b);                                        \
  }

UNARY(exp, 1)
UNARY(exp2, 2)
UNARY(exp10, 27)
UNARY(expm1, 3)
UNARY(log, 4)
UNARY(log2, 5)
UNARY(log10, 6)
UNARY(log1p, 7)
UNARY(sin, 8)
UNARY(cos, 9)
UNARY(tan, 10)
UNARY(asin, 11)
UNARY(acos, 12)
UNARY(atan, 13)
UNARY(sinh, 14)
UNARY(cosh, 15)
UNARY(tanh, 16)
UNARY(asinh, 17)
UNARY(acosh, 18)
UNARY(atanh, 19)
UNARY(erf, 20)
UNARY(erfc, 21)
UNARY(tgamma, 22)
UNARY(cbrt, 23)
BINARY(pow, 24)
BINARY(hypot, 25)
BINARY(atan2, 26)

double lgamma_r(double x, int *sign) {
  static double (*volatile function)(double, int *);
  if (!function) function = (double (*)(double, int *))hidden("lgamma_r");
  if (!trial) return function(x, sign);
  NEAREST(function(x, sign))
  return moved(y, 28, x);
}

// The optimiser joins a sine and a cosine of one argument into this call.
void sincos(double x, double *sine, double *cosine) {
  *sine = sin(x);
  *cosine = cos(x);
}
