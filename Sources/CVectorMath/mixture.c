#include "CVectorMath.h"
#include "elementary.h"

// Rows are taken in blocks of LANES, transposed so that one row is one lane.
#define LANES 64

size_t mixture_scratch(size_t components, size_t dimension) {
  size_t constants = components * (2 * dimension + 1);
  size_t lanes = dimension + components * dimension + components + 2 + 2 * dimension;
  return constants + lanes * LANES;
}

#define REAL float
#define MIXTURE mixture_f32
#define POSTERIOR mixture_posterior_f32
#define EXP exp_f32
#define LOG log_f32
#include "mixture_template.h"
#undef REAL
#undef MIXTURE
#undef POSTERIOR
#undef EXP
#undef LOG

#define REAL double
#define MIXTURE mixture_f64
#define POSTERIOR mixture_posterior_f64
#define EXP exp_f64
#define LOG log_f64
#include "mixture_template.h"
