// Counts the allocations of each thread, by standing before the C library's allocator.
#pragma once
#include <stddef.h>

// How often the calling thread has asked for memory.
size_t allocation_count(void);
