clean_slate(r, "14:spread")
names = []
# One answer
names = [f"14:spread:{{{tag}}}" for tag in (3, 1, 0)]
