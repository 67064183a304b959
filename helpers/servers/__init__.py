"""Where a server comes from: the embedded one that all kernels share, or one of your own to break.

shared  the embedded server, one for all kernels    own  a server to kill, freeze and start again
ports   where such a server may listen
guard/  the process that runs either of them while anybody needs it

This file imports nothing: the guard lives in this folder, and has to start quickly.
"""
