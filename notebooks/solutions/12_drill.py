from helpers.diagnosis import diagnose
from helpers.incidents import LONGEST_HANDLER_MS, Drill

clean_slate(r, "12:drill")
drill = Drill(seed=12)
report = drill.report
for case in drill:
    first, second = case.looks()
    # One answer
    there = case.r, case.stream, case.group
    case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
    if finding == "producer stopped":
        case.start_producer()
    elif finding in ("nobody reads", "consumers too slow"):
        case.start_consumer("carol")
    elif finding == "consumer dead":
        case.r.xautoclaim(case.stream, case.group, "bob", 2 * LONGEST_HANDLER_MS)
    elif finding == "poison entry":
        dead_letter(*there, pending(*there)[0], "no number")
    elif finding == "dead letters":
        case.deploy_fix()
        for letter in dead_letters(case.r, case.stream):
            replay(case.r, case.stream, letter.id)
    elif finding == "group begins at the end":
        case.r.xgroup_setid(case.stream, case.group, "0")
    elif finding == "group gone":
        ensure_group(*there)
