MISSED = "01:missed"
clean_slate(r, MISSED)
r.xadd(MISSED, {"value": "early bird"})
reply = None
# One answer
reply = r.xread({MISSED: "0"})
