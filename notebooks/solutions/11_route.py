clean_slate(r, "11:route")
orders = [("ann", 0), ("ben", 1), ("ann", 2), ("cleo", 3), ("ben", 4),
          ("sam", 5), ("ann", 6), ("cleo", 7), ("sam", 8), ("ann", 9)]

def route(customer, value):
    """Add an order to its customer's partition."""
    # One answer
    number = crc32(customer.encode()) % 4
    r.xadd(f"11:route:{{{number}}}", {"customer": customer, "value": value})

for customer, value in orders:
    route(customer, value)
