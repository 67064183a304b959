"""The guard: a process that outlives kernels, and runs one server while anybody needs it.

A program that needs the server holds a lease: an open connection to the guard. The operating system
closes it however its holder ends, kill -9 included, so nothing has to be polled. A request is one
line, "start [PID]" or "signal NUMBER"; so is its answer: "ready PID", "done" or "error TEXT".

lease           our side: starts a guard, asks it
paths           where its directory may be; the server's file
__main__        what is run
supervisor      serves leases until the last one is gone
server_process  the server
process_exits   tells when another process ends
"""
