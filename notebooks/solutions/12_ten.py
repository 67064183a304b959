from helpers.incidents import ten_looks

clean_slate(r, "12:ten")
findings = dict.fromkeys("abcdefghij")
# One answer
findings.update(
    a="trimmed unread",
    b="poison entry",
    c="dead letters",
    d="consumer dead",
    e="nobody reads",
    f="producer stopped",
    g="consumers too slow",
    h="group begins at the end",
    i="group gone",
    j="stream gone",
)

sheet(ten_looks(seed=12))
