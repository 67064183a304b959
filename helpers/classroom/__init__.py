"""Three hundred learners on one server: who they are, and how they get on.

pull       reads each learner's standing from their own database    rows     who needs help first
terminal   the board as text    page   the board in a browser    pictures   a learner's streams
"""
