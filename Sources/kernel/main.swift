// The process that runs cells. It is started by the runner with the number of its control socket, and
// does what the runner asks until the socket closes.

import CKernel
import Glibc

guard CommandLine.arguments.count == 2, let socket = Int32(CommandLine.arguments[1]) else {
  print("kernel: this program is started by 'notebook'")
  exit(64)
}
// A reader of ours that goes away is an error of write, not the end of the process.
signal(SIGPIPE, SIG_IGN)
ck_install_handlers()
Kernel(control: Control(socket)).serve()
