#ifndef CKERNEL_H
#define CKERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Makes a signal that strikes a cell, `exit` in a cell, and a stop by the runner (SIGUSR2) report
/// themselves as a crash frame on the control socket before the process ends.
void ck_install_handlers(void);

/// Between these two calls a cell runs; outside of them `exit` and signals are the kernel's own.
void ck_cell_begins(int control);
void ck_cell_ends(void);

/// Sends a crash frame for an error that was thrown at the addresses last seen by the runtime's
/// will-throw hook, and ends the process.
void ck_report_thrown(const char *message, size_t count) __attribute__((noreturn));

/// Seeds what `SystemRandomNumberGenerator` draws.
void ck_seed_random(uint64_t seed);

/// fork(2), which Swift hides.
pid_t ck_fork(void);

/// Whether Dispatch has started a thread in this process or one that it was forked from; what it
/// knows of its threads does not survive a fork.
bool ck_dispatch_has_run(void);

/// Whether this process runs the cells; children that a cell forks do not.
bool ck_is_kernel(void);
void ck_become_kernel(void);

/// Lets the process be killed when its parent ends.
void ck_end_with_parent(void);

/// Flushes C's standard output and error.
void ck_flush(void);

#endif
