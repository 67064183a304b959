ORDERS = "03:fields"
deleted = clean_slate(r, ORDERS)
# One answer
order = r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": 4.5})
