#include "elementary.h"
#include "CVectorMath.h"

#define LOOP(NAME, TYPE, FUNCTION) \
  VECTORISED void NAME(TYPE *out, const TYPE *in, size_t n) { \
    for (size_t i = 0; i < n; i++) out[i] = FUNCTION(in[i]); \
  }

LOOP(vector_exp_f32, float, exp_f32)
LOOP(vector_exp_f64, double, exp_f64)
LOOP(vector_log_f32, float, log_f32)
LOOP(vector_log_f64, double, log_f64)
LOOP(vector_tanh_f32, float, tanh_f32)
LOOP(vector_tanh_f64, double, tanh_f64)
LOOP(vector_sigmoid_f32, float, sigmoid_f32)
LOOP(vector_sigmoid_f64, double, sigmoid_f64)

#define UPDATES(SUFFIX, TYPE) \
  VECTORISED void vector_add_scaled_##SUFFIX(TYPE *out, TYPE scale, const TYPE *x, size_t n) { \
    for (size_t i = 0; i < n; i++) out[i] += scale * x[i]; \
  } \
  VECTORISED void vector_add_product_##SUFFIX( \
    TYPE *out, TYPE scale, const TYPE *x, const TYPE *y, size_t n) { \
    for (size_t i = 0; i < n; i++) out[i] += scale * x[i] * y[i]; \
  } \
  VECTORISED void vector_scale_##SUFFIX(TYPE *out, TYPE scale, size_t n) { \
    for (size_t i = 0; i < n; i++) out[i] *= scale; \
  } \
  VECTORISED void vector_multiply_##SUFFIX(TYPE *out, const TYPE *x, size_t n) { \
    for (size_t i = 0; i < n; i++) out[i] *= x[i]; \
  } \
  double vector_largest_ratio_##SUFFIX( \
    const TYPE *x, const TYPE *a, const TYPE *b, double absolute, double relative, size_t n) { \
    double largest = 0; \
    for (size_t i = 0; i < n; i++) { \
      double size = fmax(fabs((double)a[i]), fabs((double)b[i])); \
      double ratio = fabs((double)x[i]) / (absolute + relative * size); \
      if (!(ratio < INFINITY) || !(size < INFINITY)) return INFINITY; \
      largest = ratio > largest ? ratio : largest; \
    } \
    return largest; \
  }

UPDATES(f32, float)
UPDATES(f64, double)
