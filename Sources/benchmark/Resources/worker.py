"""Does one work again and again, once for each line of standard input.

Usage: worker.py WORK PEER, where WORK.py beside this file has a function PEER. It prepares the work and returns
a function of a seed that does it once; that returns a function of nothing, not timed, for a number to check it by.
Each answer is a line: seconds, seconds of processors, the peak of resident memory in bytes, and that number.
"""
import importlib
import resource
import sys
import time


def usage():
    return resource.getrusage(resource.RUSAGE_SELF)


run = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])()
run(0)()
print("ready", flush=True)
for round, _ in enumerate(sys.stdin):
    start, before = time.perf_counter(), usage()
    check = run(round + 1)
    seconds, after = time.perf_counter() - start, usage()
    processors = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(seconds, processors, after.ru_maxrss * 1024, float(check()), flush=True)
