// Elementary functions without branches, so that loops over them vectorise.
//
// Double: the rational approximations of Sun's fdlibm (e_exp.c, e_log.c, k_sin.c, k_cos.c).
// Float: those of Moshier's Cephes library (expf.c, sinf.c, tanhf.c) and FreeBSD's e_logf.c.
// Error below 1.5 ulp, checked against libm in VectorMathTests.
#pragma once
#include "dispatch.h"
#include <math.h>

// x = n ln 2 + r, |r| <= ln 2 / 2. n is rounded by adding 1.5 * 2^23, which leaves it in the low bits.
// The power 2^n is applied as two factors so that results round to subnormals and infinity correctly.
INLINE float exp_f32(float x) {
  const float magic = 0x1.8p23f;
  x = x > 105.0f ? 105.0f : x;
  x = x < -105.0f ? -105.0f : x;
  float n = (x * 1.44269504088896341f + magic) - magic;
  float r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  float y = (p * (r * r) + r) + 1.0f;
  float half = (n * 0.5f + magic);
  float rest = n - (half - magic) + magic;
  float first = from_bits_f32((bits_f32(half) << 23) + 0x3f800000u);
  float second = from_bits_f32((bits_f32(rest) << 23) + 0x3f800000u);
  return y * first * second;
}

INLINE double exp_f64(double x) {
  const double magic = 0x1.8p52;
  x = x > 750.0 ? 750.0 : x;
  x = x < -750.0 ? -750.0 : x;
  double n = (x * 1.44269504088896338700e+00 + magic) - magic;
  double high = x - n * 6.93147180369123816490e-01;
  double low = n * 1.90821492927058770002e-10;
  double r = high - low;
  double z = r * r;
  double p = 4.13813679705723846039e-08;
  p = p * z - 1.65339022054652515390e-06;
  p = p * z + 6.61375632143793436117e-05;
  p = p * z - 2.77777777770155933842e-03;
  p = p * z + 1.66666666666666019037e-01;
  double c = r - z * p;
  double y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
  double half = (n * 0.5 + magic);
  double rest = n - (half - magic) + magic;
  double first = from_bits_f64((bits_f64(half) << 52) + 0x3ff0000000000000u);
  double second = from_bits_f64((bits_f64(rest) << 52) + 0x3ff0000000000000u);
  return y * first * second;
}

// log x for x positive and normal. x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt 2); s = f / (2 + f).
INLINE float log_normal_f32(float x) {
  uint32_t shifted = bits_f32(x) - 0x3f3504f3u;
  float k = (float)((int32_t)shifted >> 23);
  float f = from_bits_f32((shifted & 0x007fffffu) + 0x3f3504f3u) - 1.0f;
  float s = f / (2.0f + f);
  float z = s * s, w = z * z;
  float odd = z * (0xaaaaaa.0p-24f + w * 0x91e9ee.0p-25f);
  float even = w * (0xccce13.0p-25f + w * 0xf89e26.0p-26f);
  float square = 0.5f * f * f;
  return k * 6.9313812256e-01f - ((square - (s * (square + (odd + even)) + k * 9.0580006145e-06f)) - f);
}

INLINE double log_normal_f64(double x) {
  uint64_t shifted = bits_f64(x) - 0x3fe6a09e667f3bcdu;
  // The exponent fits 32 bits, whose conversion every instruction set has.
  double k = (double)((int32_t)(shifted >> 32) >> 20);
  double f = from_bits_f64((shifted & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu) - 1.0;
  double s = f / (2.0 + f);
  double z = s * s, w = z * z;
  double odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  double even = z * (6.666666666666735130e-01
    + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  double square = 0.5 * f * f;
  return k * 6.93147180369123816490e-01
    - ((square - (s * (square + (odd + even)) + k * 1.90821492927058770002e-10)) - f);
}

// log with its ends: -infinity at 0, NaN below, infinity at infinity; subnormals are scaled up first.
INLINE float log_f32(float x) {
  float small = x < 0x1p-126f ? 1.0f : 0.0f;
  float y = log_normal_f32(small > 0 ? x * 0x1p25f : x) - small * 17.328679513998632f;
  y = x == 0.0f ? -INFINITY : y;
  y = x < 0.0f ? NAN : y;
  return x < INFINITY ? y : x;
}

INLINE double log_f64(double x) {
  double small = x < 0x1p-1022 ? 1.0 : 0.0;
  double y = log_normal_f64(small > 0 ? x * 0x1p54 : x) - small * 37.429947750237048;
  y = x == 0.0 ? -INFINITY : y;
  y = x < 0.0 ? NAN : y;
  return x < INFINITY ? y : x;
}

// sin x and cos x for |x| <= pi / 4.
INLINE float sin_quarter_f32(float x) {
  float z = x * x;
  return ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * x + x;
}

INLINE float cos_quarter_f32(float x) {
  float z = x * x;
  return ((2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f) * z * z - 0.5f * z + 1.0f;
}

INLINE double sin_quarter_f64(double x) {
  double z = x * x;
  double p = 1.58969099521155010221e-10;
  p = p * z - 2.50507602534068634195e-08;
  p = p * z + 2.75573137070700676789e-06;
  p = p * z - 1.98412698298579493134e-04;
  p = p * z + 8.33333333332248946124e-03;
  p = p * z - 1.66666666666666324348e-01;
  return x + x * z * p;
}

INLINE double cos_quarter_f64(double x) {
  double z = x * x;
  double p = -1.13596475577881948265e-11;
  p = p * z + 2.08757232129817482790e-09;
  p = p * z - 2.75573143513906633035e-07;
  p = p * z + 2.48015872894767294178e-05;
  p = p * z - 1.38888888888741095749e-03;
  p = p * z + 4.16666666666666019037e-02;
  return 1.0 - (0.5 * z - z * z * p);
}

// 1 / (1 + exp(-x)). The exponential is taken of -|x|, which cannot overflow.
INLINE float sigmoid_f32(float x) {
  float e = exp_f32(-fabsf(x));
  return (x < 0.0f ? e : 1.0f) / (1.0f + e);
}

INLINE double sigmoid_f64(double x) {
  double e = exp_f64(-fabs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

// Near 0 an odd polynomial (Float) or rational function (Double); beyond 0.625, 1 - 2 / (exp 2|x| + 1).
INLINE float tanh_f32(float x) {
  float a = fabsf(x), z = x * x;
  float p = -5.70498872745e-3f;
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  float near = p * z * x + x;
  float far = copysignf(1.0f - 2.0f / (exp_f32(a + a) + 1.0f), x);
  return a < 0.625f ? near : far;
}

INLINE double tanh_f64(double x) {
  double a = fabs(x), z = x * x;
  double p = (-9.64399179425052238628e-1 * z - 9.92877231001918586564e1) * z - 1.61468768441708447952e3;
  double q = ((z + 1.12811678491632931402e2) * z + 2.23548839060100448583e3) * z + 4.84406305325125486048e3;
  double near = x + x * z * (p / q);
  double far = copysign(1.0 - 2.0 / (exp_f64(a + a) + 1.0), x);
  return a < 0.625 ? near : far;
}

// The standard normal's distribution function, erfc(-x / sqrt 2) / 2, and its density. Float: the fit of W. Press et
// al., Numerical Recipes in C, 2nd ed., section 6.2, whose relative error is 1.2e-7 in both tails.
INLINE float normal_cdf_f32(float x) {
  float z = fabsf(x) * 0x1.6a09e6p-1f;
  float t = 1.0f / (1.0f + 0.5f * z);
  float p = 0.17087277f;
  p = p * t - 0.82215223f;
  p = p * t + 1.48851587f;
  p = p * t - 1.13520398f;
  p = p * t + 0.27886807f;
  p = p * t - 0.18628806f;
  p = p * t + 0.09678418f;
  p = p * t + 0.37409196f;
  p = p * t + 1.00002368f;
  p = p * t - 1.26551223f;
  float tail = 0.5f * t * exp_f32(p - 0.5f * x * x);
  return x < 0.0f ? tail : 1.0f - tail;
}

INLINE float normal_pdf_f32(float x) { return 0.39894228f * exp_f32(-0.5f * x * x); }

INLINE double normal_cdf_f64(double x) { return 0.5 * erfc(-x * 0x1.6a09e667f3bcdp-1); }

INLINE double normal_pdf_f64(double x) { return 3.98942280401432678e-01 * exp_f64(-0.5 * x * x); }
