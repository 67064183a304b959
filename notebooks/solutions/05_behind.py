BEHIND = "05:behind"
clean_slate(r, BEHIND)
for n in range(10):
    r.xadd(BEHIND, {"value": n})
ensure_group(r, BEHIND, GROUP, start="$")
done = []
# One answer
r.xgroup_setid(BEHIND, GROUP, id="0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)
