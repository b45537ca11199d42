#define _GNU_SOURCE
#include "CKernel.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

enum { cause_signal, cause_thrown, cause_exited, cause_stopped };
enum { frame_limit = 96, buffer_size = 1 << 17 };

static volatile int control_socket = -1;
static volatile sig_atomic_t cell_is_running = 0;
static volatile pid_t kernel_process = 0;

static _Thread_local void *throw_addresses[frame_limit];
static _Thread_local int throw_count = 0;

// The frame is put together in memory that exists before anything goes wrong.
static unsigned char buffer[buffer_size];
static size_t used;

static void put(const void *bytes, size_t count) {
  if (used + count > buffer_size) return;
  memcpy(buffer + used, bytes, count);
  used += count;
}
static void put_u8(uint8_t v) { put(&v, sizeof v); }
static void put_i32(int32_t v) { put(&v, sizeof v); }
static void put_u64(uint64_t v) { put(&v, sizeof v); }
static void put_string(const char *text, size_t count) {
  put_u64(count);
  put(text, count);
}

static void write_all(int descriptor, const void *bytes, size_t count) {
  const char *next = bytes;
  while (count > 0) {
    ssize_t n = write(descriptor, next, count);
    if (n <= 0) return;
    next += n;
    count -= (size_t)n;
  }
}

// What a cell printed and C still holds back. fflush may deadlock in a signal handler; these fields
// of glibc's FILE are public so that putc can be a macro.
static void write_pending(FILE *file) {
  if (file->_IO_write_ptr > file->_IO_write_base)
    write_all(fileno(file), file->_IO_write_base, (size_t)(file->_IO_write_ptr - file->_IO_write_base));
  file->_IO_write_ptr = file->_IO_write_base;
}

static void report(
  uint8_t cause, int32_t code, uint64_t address, uint64_t stack, const char *message, size_t message_count,
  void *const *frames, int count, bool first_is_exact
) {
  if (message_count > buffer_size / 2) message_count = buffer_size / 2;
  used = 4;
  put_u8(2);
  put_u8(cause);
  put_i32(code);
  put_u64(address);
  put_u64(stack);
  put_string(message, message_count);
  size_t count_offset = used;
  put_u64(0);
  uint64_t written = 0;
  for (int i = 0; i < count; i++) {
    Dl_info info;
    // A return address lies behind its call; one byte before it is inside.
    uint64_t pc = (uint64_t)frames[i] - ((i == 0 && first_is_exact) ? 0 : 1);
    if (!dladdr((void *)pc, &info) || !info.dli_fname) continue;
    const char *symbol = info.dli_sname ? info.dli_sname : "";
    size_t path_count = strlen(info.dli_fname), symbol_count = strlen(symbol);
    if (used + path_count + symbol_count + 24 > buffer_size) break;
    put_string(info.dli_fname, path_count);
    put_u64(pc - (uint64_t)info.dli_fbase);
    put_string(symbol, symbol_count);
    written++;
  }
  memcpy(buffer + count_offset, &written, sizeof written);
  uint32_t content = (uint32_t)(used - 4);
  memcpy(buffer, &content, sizeof content);
  write_all(control_socket, buffer, used);
}

static void on_signal(int number, siginfo_t *info, void *context) {
  if (getpid() != kernel_process) _exit(128 + number);
  if (!cell_is_running) {
    if (number == SIGUSR2) return;
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  write_pending(stdout);
  const greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  void *frames[frame_limit];
  int count = backtrace(frames, frame_limit);
  // The handler's own frames lie before the one that was struck.
  int first = 0;
  for (int i = 0; i < count; i++)
    if (frames[i] == (void *)registers[REG_RIP]) first = i;
  report(
    number == SIGUSR2 ? cause_stopped : cause_signal, number, (uint64_t)info->si_addr,
    (uint64_t)registers[REG_RSP], "", 0, frames + first, count - first, true);
  _exit(128 + number);
}

static void on_process_exit(int status, void *unused) {
  (void)unused;
  if (!cell_is_running || getpid() != kernel_process) return;
  ck_flush();
  void *frames[frame_limit];
  int count = backtrace(frames, frame_limit);
  report(cause_exited, status, 0, 0, "", 0, frames, count, false);
}

static void on_throw(void *error) {
  (void)error;
  throw_count = backtrace(throw_addresses, frame_limit);
}

extern void _swift_setWillThrowHandler(void (*handler)(void *error)) __attribute__((weak));

void ck_install_handlers(void) {
  kernel_process = getpid();

  static char stack[1 << 18];
  stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };
  sigaltstack(&alternate, NULL);
  struct sigaction action = { 0 };
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  static const int signals[] = { SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGUSR2 };
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) sigaction(signals[i], &action, NULL);

  // The first call loads the unwinder, which a signal handler must not.
  void *warm[4];
  backtrace(warm, 4);
  on_exit(on_process_exit, NULL);
  if (_swift_setWillThrowHandler) _swift_setWillThrowHandler(on_throw);
}

void ck_cell_begins(int control) {
  control_socket = control;
  throw_count = 0;
  cell_is_running = 1;
}

void ck_cell_ends(void) { cell_is_running = 0; }

void ck_report_thrown(const char *message, size_t count) {
  if (getpid() == kernel_process) {
    ck_flush();
    report(cause_thrown, 0, 0, 0, message, count, throw_addresses, throw_count, false);
  }
  _exit(1);
}

bool ck_is_kernel(void) { return getpid() == kernel_process; }
void ck_become_kernel(void) { kernel_process = getpid(); }
void ck_flush(void) {
  fflush(stdout);
  fflush(stderr);
}

// An error that leaves a cell's entry function ends here. The executable's definition comes before
// the Swift runtime's, which would print the error and trap; its one argument is passed as C passes it.
extern void kernel_report_uncaught_error(void *error);
void swift_errorInMain(void *error) { kernel_report_uncaught_error(error); }
