"""Three hundred learners on one server: a database and a user for each, and who may do what.

names   the names that the teacher wrote      roster  each learner's user, database and URL
folder  where a class keeps its data          rights  what a learner may do, and nothing else
server  starts, stops and reaches the server  users   applies the roster to the server
"""
