#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct {
  const char *path;
  char *const *arguments;
  char *const *environment;
  /// NULL: the caller's.
  const char *directory;
  /// What becomes descriptors 0, 1 and 2; -1: /dev/null.
  int input, output, error;
  /// A descriptor that the child keeps under its number; -1: none.
  int kept;
  /// Bytes of address space; 0: no limit.
  uint64_t address_space;
  /// Bytes of stack; 0: the caller's limit.
  uint64_t stack;
  /// Whether the child leads a process group of its own.
  bool leads_group;
  /// Whether the child is killed when the thread that started it ends.
  bool dies_with_parent;
} cp_options;

/// Starts a program; -1 and errno if it cannot be executed.
pid_t cp_spawn(const cp_options *options);

/// Makes this process inherit the orphans among its descendants.
void cp_become_subreaper(void);

/// A descriptor that becomes readable when the process ends; -1 on failure.
int cp_open_process(pid_t process);

/// A connected pair of sockets, close-on-exec.
bool cp_socket_pair(int ends[2]);

/// A pipe, close-on-exec, whose write end never holds back a reader for long.
bool cp_pipe(int ends[2]);

/// The decoded result of waitpid.
bool cp_exited(int status);
int cp_exit_status(int status);
int cp_signal(int status);

#endif
