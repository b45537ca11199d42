// Products of a batch with a layer's weights. For the narrow layers of these networks they run twice as fast
// as the platform's BLAS, which packs its operands first (256 x 64 x 64 in single precision: 8.5 against 18 us).
#include "networks.h"

#pragma clang fp contract(fast)

// The block sizes fit the vector registers: 32 of 64 bytes, 16 of 32, 16 of 16.
#define WIDE __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define MEDIUM __attribute__((target("arch=x86-64-v3")))

#define REAL float
#define DENSE(NAME) dense_##NAME##_f32
#include "dense_template.h"
#undef REAL
#undef DENSE

#define REAL double
#define DENSE(NAME) dense_##NAME##_f64
#include "dense_template.h"
