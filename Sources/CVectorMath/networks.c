#include "networks.h"
#include "elementary.h"

// The loop for each choice of what is wanted, so that none decides within.
#define ACTIVATION(NAME, TYPE, ...) ACTIVATION_BY(EACH, NAME, TYPE, __VA_ARGS__)
#define ACTIVATION_BY(LOOP, NAME, TYPE, PREPARE, VALUE, SLOPE, CURVATURE) \
  VECTORISED void NAME(TYPE *value, TYPE *slope, TYPE *curvature, const TYPE *in, size_t n) { \
    if (curvature) { \
      LOOP { \
        TYPE z = in[i]; \
        PREPARE; \
        value[i] = VALUE, slope[i] = SLOPE, curvature[i] = CURVATURE; \
      } \
    } else if (slope) { \
      LOOP { \
        TYPE z = in[i]; \
        PREPARE; \
        value[i] = VALUE, slope[i] = SLOPE; \
      } \
    } else { \
      LOOP { \
        TYPE z = in[i]; \
        PREPARE; \
        value[i] = VALUE; \
      } \
    } \
  }

// z s(z), s the logistic function.
#define SILU(NAME, TYPE, SIGMOID) \
  ACTIVATION( \
    NAME, TYPE, TYPE s = SIGMOID(z), z * s, s * (1 + z * (1 - s)), s * (1 - s) * (2 + z * (1 - 2 * s)))
SILU(activation_silu_f32, float, sigmoid_f32)
SILU(activation_silu_f64, double, sigmoid_f64)

#define TANH(NAME, TYPE, HYPERBOLIC) \
  ACTIVATION(NAME, TYPE, TYPE h = HYPERBOLIC(z), h, 1 - h * h, -2 * h * (1 - h * h))
TANH(activation_tanh_f32, float, tanh_f32)
TANH(activation_tanh_f64, double, tanh_f64)

// z P(z), P the distribution function of the standard normal and PDF its density. In double precision P is libm's,
// which no loop vectorises.
#define ONE_BY_ONE for (size_t i = 0; i < n; i++)
#define GELU(LOOP, NAME, TYPE, CDF, PDF) \
  ACTIVATION_BY(LOOP, NAME, TYPE, TYPE P = CDF(z), z * P, P + z * PDF(z), (2 - z * z) * PDF(z))
GELU(EACH, activation_gelu_f32, float, normal_cdf_f32, normal_pdf_f32)
GELU(ONE_BY_ONE, activation_gelu_f64, double, normal_cdf_f64, normal_pdf_f64)

#define RELU(NAME, TYPE) ACTIVATION(NAME, TYPE, , z > 0 ? z : 0, z > 0 ? 1 : 0, 0)
RELU(activation_relu_f32, float)
RELU(activation_relu_f64, double)

#define LOOPS(SUFFIX, TYPE) \
  VECTORISED void column_sums_##SUFFIX(TYPE *out, const TYPE *x, size_t rows, size_t columns) { \
    for (size_t i = 0; i < rows; i++) \
      for (size_t j = 0; j < columns; j++) out[j] += x[i * columns + j]; \
  } \
  VECTORISED void transpose_##SUFFIX( \
    TYPE *out, size_t out_row, const TYPE *x, size_t rows, size_t columns) { \
    for (size_t j = 0; j < columns; j++) \
      for (size_t i = 0; i < rows; i++) out[j * out_row + i] = x[i * columns + j]; \
  } \
  VECTORISED void copy_rows_##SUFFIX( \
    TYPE *out, size_t out_row, const TYPE *x, size_t x_row, size_t rows, size_t columns) { \
    for (size_t i = 0; i < rows; i++) \
      for (size_t j = 0; j < columns; j++) out[i * out_row + j] = x[i * x_row + j]; \
  } \
  VECTORISED double sum_of_squares_##SUFFIX(const TYPE *x, size_t n) { \
    double lanes[16] = {0}; \
    size_t whole = n / 16 * 16; \
    for (size_t i = 0; i < whole; i += 16) \
      for (size_t j = 0; j < 16; j++) lanes[j] += (double)x[i + j] * (double)x[i + j]; \
    double sum = 0; \
    for (size_t i = whole; i < n; i++) sum += (double)x[i] * (double)x[i]; \
    for (size_t j = 0; j < 16; j++) sum += lanes[j]; \
    return sum; \
  } \
  VECTORISED void adam_update_##SUFFIX( \
    TYPE *parameters, TYPE *first, TYPE *second, const TYPE *gradient, adam_step step, size_t n) { \
    const TYPE keep1 = (TYPE)step.beta1, take1 = (TYPE)(1 - step.beta1); \
    const TYPE keep2 = (TYPE)step.beta2, take2 = (TYPE)(1 - step.beta2); \
    const TYPE rate = (TYPE)(step.rate * step.correction1), correction = (TYPE)step.correction2; \
    const TYPE epsilon = (TYPE)step.epsilon, scale = (TYPE)step.gradient_scale; \
    const TYPE shrink = (TYPE)(1 - step.rate * step.decay); \
    EACH { \
      TYPE g = scale * gradient[i]; \
      TYPE m = keep1 * first[i] + take1 * g; \
      TYPE v = keep2 * second[i] + take2 * g * g; \
      first[i] = m; \
      second[i] = v; \
      parameters[i] = shrink * parameters[i] - rate * m / (__builtin_elementwise_sqrt(correction * v) + epsilon); \
    } \
  }
LOOPS(f32, float)
LOOPS(f64, double)
