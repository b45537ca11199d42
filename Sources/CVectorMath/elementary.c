#include "elementary.h"
#include "CVectorMath.h"

#define LOOP(NAME, TYPE, FUNCTION) \
  VECTORISED void NAME(TYPE *out, const TYPE *in, size_t n) { \
    EACH out[i] = FUNCTION(in[i]); \
  }

LOOP(vector_exp_f32, float, exp_f32)
LOOP(vector_exp_f64, double, exp_f64)
LOOP(vector_log_f32, float, log_f32)
LOOP(vector_log_f64, double, log_f64)
LOOP(vector_tanh_f32, float, tanh_f32)
LOOP(vector_tanh_f64, double, tanh_f64)
LOOP(vector_sigmoid_f32, float, sigmoid_f32)
LOOP(vector_sigmoid_f64, double, sigmoid_f64)

// Numbers that are not negative are ordered as their bits are, with infinity and then NaN above all others.
#define UPDATES(SUFFIX, TYPE) \
  VECTORISED void vector_add_scaled_##SUFFIX(TYPE *out, TYPE scale, const TYPE *x, size_t n) { \
    EACH out[i] += scale * x[i]; \
  } \
  VECTORISED void vector_add_product_##SUFFIX( \
    TYPE *out, TYPE scale, const TYPE *x, const TYPE *y, size_t n) { \
    EACH out[i] += scale * x[i] * y[i]; \
  } \
  VECTORISED void vector_scale_##SUFFIX(TYPE *out, TYPE scale, size_t n) { \
    EACH out[i] *= scale; \
  } \
  VECTORISED void vector_multiply_##SUFFIX(TYPE *out, const TYPE *x, size_t n) { \
    EACH out[i] *= x[i]; \
  } \
  VECTORISED double vector_largest_ratio_##SUFFIX( \
    const TYPE *x, const TYPE *a, const TYPE *b, double absolute, double relative, size_t n) { \
    uint64_t ratio = 0, size = 0; \
    EACH { \
      uint64_t first = bits_f64(fabs((double)a[i])), second = bits_f64(fabs((double)b[i])); \
      uint64_t larger = first > second ? first : second; \
      uint64_t part = bits_f64(fabs((double)x[i]) / (absolute + relative * from_bits_f64(larger))); \
      ratio = part > ratio ? part : ratio; \
      size = larger > size ? larger : size; \
    } \
    const uint64_t infinite = bits_f64(INFINITY); \
    return ratio < infinite && size < infinite ? from_bits_f64(ratio) : INFINITY; \
  }

UPDATES(f32, float)
UPDATES(f64, double)
