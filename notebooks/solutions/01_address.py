address = "redis://:tea#4@localhost:6379/orders"
address = "redis://:tea%234@localhost:6379/2"
