"""What do learners get? `shipped` knows what belongs to the course, `stubs` leaves out the solutions, `copy` writes the copy."""
