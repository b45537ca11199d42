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
