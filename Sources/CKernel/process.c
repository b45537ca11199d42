#define _GNU_SOURCE
#include "CKernel.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static volatile bool dispatch_has_run = false;

// The executable's definition comes before libc's for every library that the process loads. Dispatch
// starts its threads here, and a forked child has none of them although Dispatch believes that it has.
int pthread_create(
  pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument
) {
  static int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  if (!create) *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
  Dl_info caller;
  if (dladdr(__builtin_return_address(0), &caller) && caller.dli_fname
      && strstr(caller.dli_fname, "libdispatch"))
    dispatch_has_run = true;
  return create(thread, attributes, start, argument);
}

bool ck_dispatch_has_run(void) { return dispatch_has_run; }

pid_t ck_fork(void) { return fork(); }

void ck_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }
