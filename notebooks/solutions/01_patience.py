patient = None
patient = connect(timeout=10)
