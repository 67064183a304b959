choices = {
    "presence": None,
    "payments": None,
    "thumbnails": None,
    "audit": None,
    "scores": None,
    "accounts": None,
}
# One answer
choices = {
    "presence": "pubsub",
    "payments": "stream",
    "thumbnails": "list",
    "audit": "disk",
    "scores": "pubsub",
    "accounts": "partitions",
}
