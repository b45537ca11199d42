#ifndef CDESCRIPTORS_H
#define CDESCRIPTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/// Sends `bytes` and, if `descriptor` is not negative, a copy of that descriptor. False on failure.
bool cd_send(int socket, const void *bytes, size_t count, int descriptor);

/// Receives up to `count` bytes, and into `*descriptor` a descriptor that came along, or -1.
ssize_t cd_receive(int socket, void *bytes, size_t count, int *descriptor);

#endif
