address = "redis://:tea#4@localhost:6379/orders"
# One answer
address = "redis://:tea%234@localhost:6379/2"
