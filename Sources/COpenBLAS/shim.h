// Debian puts cblas.h on the compiler's default path (libopenblas-dev).
#include <cblas.h>
