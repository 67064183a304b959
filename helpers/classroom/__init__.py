"""Three hundred learners on one server: each with a database and a user of their own, what they may
do, and how they are doing.

names   the names that the teacher wrote      roster  each learner's user, database and URL
folder  where a class keeps its data          rights  what a learner may do, and nothing else
server  starts, stops and reaches the server  users   applies the roster to the server

board   looks at everybody, again and again   pull    reads each learner's standing
rows    who needs help first                  pictures  a learner's streams
page    the board in a browser                terminal  the board as text
"""
