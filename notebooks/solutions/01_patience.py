patient = None
# One answer
patient = connect(timeout=10)
