"""Does a consumer of your own survive? Eight stages put a learner's program under real faults, and
say what became of each entry.

work      what the program imports: `handle`, the work of one entry
diary     what happened to which entry, in which order
arena     a server, the handler's database, and the program's processes
reading, recovering, leaving   the stages
hints     one for each rule that a program leaves out
judge     runs a stage, and says how it went
story     one entry: who had it in hand, and what happened then
account, chronicle   the same for a whole campaign
"""
