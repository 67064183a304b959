clean_slate(r, "14:name")
stream, stored = "14:name:orders", 0
# One answer
stream = "14:name:{orders}"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored
