READINGS = "03:readings"
clean_slate(r, READINGS)
measured = [21, None, 23]
# One answer
with Producer(r, READINGS) as producer:
    for value in measured:
        fields = {"sensor": "attic"}
        if value is not None:
            fields["value"] = value
        producer.send(fields)
