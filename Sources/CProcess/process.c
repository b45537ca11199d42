#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void fail(int report) {
  int code = errno;
  ssize_t ignored = write(report, &code, sizeof code);
  (void)ignored;
  _exit(127);
}

pid_t cp_spawn(const cp_options *options) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return -1;
  pid_t parent = getpid();
  pid_t child = fork();
  if (child < 0) {
    int code = errno;
    close(report[0]);
    close(report[1]);
    errno = code;
    return -1;
  }
  if (child == 0) {
    if (options->leads_group) setpgid(0, 0);
    if (options->dies_with_parent) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) _exit(127);
    }
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    const int wanted[3] = { options->input, options->output, options->error };
    for (int target = 0; target < 3; target++)
      if (dup2(wanted[target] < 0 ? null : wanted[target], target) < 0) fail(report[1]);
    // Whoever uses the engine may have opened others, a server's sockets, that are not close-on-exec.
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    if (options->kept >= 0 && fcntl(options->kept, F_SETFD, 0) < 0) fail(report[1]);
    if (options->directory && chdir(options->directory) != 0) fail(report[1]);
    struct rlimit core = { 0, 0 };
    setrlimit(RLIMIT_CORE, &core);
    if (options->address_space > 0) {
      struct rlimit limit = { options->address_space, options->address_space };
      setrlimit(RLIMIT_AS, &limit);
    }
    if (options->stack > 0) {
      struct rlimit limit;
      getrlimit(RLIMIT_STACK, &limit);
      limit.rlim_cur = options->stack < limit.rlim_max ? options->stack : limit.rlim_max;
      setrlimit(RLIMIT_STACK, &limit);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    execve(options->path, options->arguments, options->environment);
    fail(report[1]);
  }
  if (options->leads_group) setpgid(child, child);
  close(report[1]);
  int code = 0;
  ssize_t count;
  do count = read(report[0], &code, sizeof code);
  while (count < 0 && errno == EINTR);
  close(report[0]);
  if (count == sizeof code) {
    waitpid(child, NULL, 0);
    errno = code;
    return -1;
  }
  return child;
}

void cp_become_subreaper(void) { prctl(PR_SET_CHILD_SUBREAPER, 1); }

int cp_open_process(pid_t process) {
  int descriptor = pidfd_open(process, 0);
  if (descriptor >= 0) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return descriptor;
}

bool cp_socket_pair(int ends[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0; }

bool cp_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return true;
}

bool cp_exited(int status) { return WIFEXITED(status); }
int cp_exit_status(int status) { return WEXITSTATUS(status); }
int cp_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }
