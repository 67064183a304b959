"""A Redis Cluster: six processes, and everything that the course does with a stream, through a
client that follows its slot."""

import asyncio

import pytest
import redis
from redis.cluster import RedisCluster
from redis.crc import key_slot

from conftest import SERVERS
from helpers import aio
from helpers.arguments import check_client
from helpers.connection import CannotConnect, connect
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.servers.cluster import OwnCluster, shares
from helpers.streams import (
    ack_once,
    ack_with,
    clean_slate,
    dead_letter,
    dead_letters,
    ensure_group,
    is_done,
    pending,
    read_group,
    replay,
)
from helpers.views import nodes_picture, picture
from helpers.waiting import wait_until

GROUP = "workers"
OWN = [server for server in SERVERS if server.program]


@pytest.fixture(scope="module", params=OWN, ids=lambda server: server.name)
def cluster(request):
    """Six processes of each server; tests leave it intact."""
    with OwnCluster(request.param.program) as cluster:
        yield cluster


@pytest.fixture
def rc(cluster):
    """A client of the whole cluster."""
    with connect(cluster.url) as rc:
        yield rc
        clean_slate(rc, "test:")


@pytest.fixture
def orders(rc, prefix):
    """A stream with a hash tag, and a group."""
    ensure_group(rc, prefix + "{orders}", GROUP)
    return prefix + "{orders}"


def values(entries) -> list[int]:
    """The numbers in some entries."""
    return [int(entry.fields["value"]) for entry in entries]


def elsewhere(cluster, key):
    """A master that doesn't serve a key."""
    owner = cluster.owner(key)
    return next(node for node in cluster.masters() if node is not owner)


def test_each_master_has_a_third_of_the_slots_and_a_replica(cluster):
    """As redis-cli assigns them, and as the server itself reports."""
    assert [(share[0], share[-1]) for share in shares(3)] == [
        (0, 5460),
        (5461, 10922),
        (10923, 16383),
    ]
    views = [node.look() for node in cluster.nodes]
    assert sorted(view.master for view in views) == [False] * 3 + [True] * 3
    assert all(view.well for view in views)


def test_a_node_listens_on_the_loopback_alone(cluster):
    """Nobody else on the network can reach it."""
    for node in cluster.nodes:
        assert node.r.config_get("bind") == {"bind": "127.0.0.1"}


def test_closing_leaves_nothing_behind(program):
    """Neither processes nor directories."""
    with OwnCluster(program) as cluster:
        places = [node.directory for node in cluster.nodes]
        assert all(place.is_dir() for place in places)
    assert not any(place.exists() for place in places)
    with pytest.raises(redis.ConnectionError):
        cluster.nodes[0].r.ping()


def test_the_client_is_for_the_whole_cluster(rc, cluster, prefix):
    """It reads keys on each node, with the course's usual reply format; clean_slate finds them
    all."""
    keys = [f"{prefix}{n}" for n in range(20)]
    assert {rc.get_node_from_key(key).port for key in keys} == {
        node.port for node in cluster.nodes[:3]
    }
    ids = [rc.xadd(key, {"value": "é"}) for key in keys]
    assert [rc.xrange(key) for key in keys] == [[(i, {"value": "é"})] for i in ids]
    assert clean_slate(rc, prefix) == 20 and rc.exists(*keys) == 0


def test_a_plain_client_is_told_of_the_option(cluster, monkeypatch):
    """REDIS_URL to a node names the lessons it is for; so does cluster=true for a single server."""
    monkeypatch.setenv("REDIS_URL", cluster.url.partition("?")[0])
    with pytest.raises(CannotConnect, match=r"add \?cluster=true .* The lessons need one"):
        connect()
    monkeypatch.setenv("REDIS_URL", cluster.url)
    assert isinstance(connect(), RedisCluster)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("unix:///tmp/redis.sock?cluster=true", "by host and port alone"),
        ("redis://localhost:1/2?cluster=true", "by host and port alone"),
        ("redis://localhost:1?cluster=true&db=1", "by host and port alone"),
        ("redis://localhost:1?cluster=yes", "cluster must be true or false"),
    ],
)
def test_a_wrong_address_of_a_cluster_is_refused(url, words):
    """Before anything is sent."""
    with pytest.raises(ValueError, match=words):
        connect(url)


def test_a_server_without_a_cluster_is_refused_as_one(program):
    """A cluster was requested, but a single server found."""
    from helpers.servers.own import OwnServer

    with (
        OwnServer(program, tcp=True) as own,
        pytest.raises(CannotConnect, match="belongs to no cluster: leave out cluster=true"),
    ):
        connect(f"redis://127.0.0.1:{own.port}?cluster=true")


@pytest.mark.parametrize("options", ["cluster=false", "client_name=me&cluster=False"])
def test_no_cluster_may_be_said_of_any_address(url, options):
    """A Unix socket's stays what it is."""
    with connect(f"{url}?{options}") as r:
        assert r.ping()


def test_asyncio_says_that_it_has_no_client_of_a_cluster(cluster):
    """That is better than a client that answers MOVED."""
    with pytest.raises(ValueError, match="helpers.aio has no client"):
        asyncio.run(aio.connect(cluster.url))


def test_a_client_of_a_cluster_will_do_for_a_helper(rc):
    """Ours and its pipelines will do; redis-py's own, too, if it returns text in one reply
    format."""
    check_client(rc)
    check_client(rc.pipeline())
    with pytest.raises(TypeError, match="sends nothing before"):
        check_client(rc.pipeline(), pipeline=False)


def test_what_cannot_be_sent_is_refused_in_the_courses_words(rc, prefix):
    """It packs arguments as a client of a single server does."""
    with pytest.raises(redis.DataError, match="lone surrogate"):
        rc.xadd(prefix, {"value": "\ud800"})


def test_a_pipeline_repeats_nothing_whose_reply_is_lost(cluster, orders):
    """redis-py's own would resend it, and the entry would be stored twice."""
    owner = cluster.owner(orders)
    with connect(cluster.url, timeout=0.3) as hasty, hasty.pipeline(transaction=False) as pipe:
        hasty.xlen(orders)  # So that the connection already exists
        pipe.xadd(orders, {"value": 1})
        owner.freeze()
        try:
            with pytest.raises(redis.TimeoutError):
                pipe.execute()
        finally:
            owner.thaw()
        wait_until(lambda: hasty.xlen(orders), 5, "the entry")
        assert hasty.xlen(orders) == 1


def test_a_pipeline_follows_a_slot_and_keeps_the_order(cluster, rc, orders):
    """Replies are in the order of their commands, whichever nodes they come from."""
    other = orders.replace("{orders}", "{others}")
    with rc.pipeline(transaction=False) as pipe:
        pipe.xadd(orders, {"value": 0}).xadd(other, {"value": 0})
        pipe.execute()
        cluster.move(orders, elsewhere(cluster, orders))
        pipe.xadd(orders, {"value": 1}).xlen(other).xadd(orders, {"value": 2}).xlen(orders)
        replies = pipe.execute()
    assert replies[1:4:2] == [1, 3] and replies[0] < replies[2]


def test_a_pipeline_takes_effects(rc, orders):
    """They are scripts, which redis-py's own pipeline refuses."""
    rc.xadd(orders, {"value": 1})
    [entry] = read_group(rc, orders, GROUP, "ann")
    with rc.pipeline(transaction=False) as pipe:
        ack_with(pipe, orders, GROUP, entry.id, "INCR", orders + ":count")
        assert pipe.execute() == [1]


def test_poison_becomes_a_dead_letter(rc, orders):
    """A consumer that continues after errors keeps its records on the stream's node."""
    rc.xadd(orders, {"value": "poison"})
    rc.xadd(orders, {"value": 1})

    def handle(entry):
        if entry.fields["value"] == "poison":
            raise ValueError("poison")

    with Consumer(
        rc, orders, GROUP, "ann", handle, min_idle_ms=50, max_deliveries=2, block_ms=20
    ) as ann:
        ann.drain(20)
    assert [letter.fields["value"] for letter in dead_letters(rc, orders)] == ["poison"]


def test_a_confirmed_producer_follows_a_failover_and_loses_nothing(cluster, rc, orders):
    """A frozen master's replies as it wakes don't count without its replica."""
    master = cluster.owner(orders)
    with (
        connect(cluster.url, timeout=2) as sender,
        Producer(sender, orders, producer_id="till", confirm=1, patience=30) as producer,
    ):
        for number in range(20):
            producer.send({"value": number})
            if number == 9:
                producer.flush()
                master.freeze()
        cluster.successor(orders, master)
        master.thaw()
        producer.flush(30)
    cluster.heal()
    assert [int(fields["value"]) for _, fields in rc.xrange(orders)] == [*range(20)]


def test_a_whole_cluster_that_is_away_is_a_connection_error(cluster, prefix):
    """So code that waits for a server to return waits for a cluster, too."""
    with OwnCluster(cluster.nodes[0].binary, masters=1) as small, connect(small.url) as rc:
        for node in small.nodes:
            node.kill()
        for send in (rc.xlen, lambda key: rc.pipeline(transaction=False).xlen(key).execute()):
            with pytest.raises(redis.ConnectionError):
                send(prefix)


def test_scripts_need_their_keys_in_one_slot(rc, prefix):
    """Each helper says so before it does anything, and names the keys."""
    plain = prefix + "orders"
    ensure_group(rc, plain, GROUP)
    rc.xadd(plain, {"value": 1})
    [entry] = read_group(rc, plain, GROUP, "ann")
    [line] = pending(rc, plain, GROUP)
    for call in (
        lambda: Producer(rc, plain, producer_id="till").__enter__(),
        lambda: dead_letter(rc, plain, GROUP, line, "bad"),
        lambda: replay(rc, plain, entry.id),
        lambda: ack_with(rc, plain, GROUP, entry.id, "INCR", prefix + "count"),
        lambda: ack_once(rc, plain, GROUP, entry.id, "INCR", prefix + "count"),
    ):
        with pytest.raises(ValueError, match="hash tag"):
            call()
    assert rc.exists(prefix + "count") == 0 and len(pending(rc, plain, GROUP)) == 1


def test_a_name_with_empty_braces_is_told_what_a_tag_is(rc, prefix):
    """Wrapped in braces of its own, such a name would get a tag that nobody meant."""
    with pytest.raises(ValueError, match="in its name, text between { and }, because"):
        Producer(rc, prefix + "{}orders", producer_id="till").__enter__()


def test_effects_and_dead_letters_work_with_a_hash_tag(rc, orders):
    """Both in one script, on the node of the stream."""
    for n in range(2):
        rc.xadd(orders, {"value": n})
    first, second = read_group(rc, orders, GROUP, "ann")
    assert ack_with(rc, orders, GROUP, first.id, "INCR", orders + ":count")
    assert rc.get(orders + ":count") == "1"
    [line] = pending(rc, orders, GROUP)
    assert dead_letter(rc, orders, GROUP, line, "bad")
    [letter] = dead_letters(rc, orders)
    assert letter.fields["dead:id"] == second.id and is_done(rc, orders, GROUP)
    assert replay(rc, orders, letter.id) and values(read_group(rc, orders, GROUP, "ann")) == [1]


def test_an_entry_of_thousands_of_fields_becomes_a_dead_letter_and_comes_back(rc, orders):
    """It is too long for a script, so it takes a transaction."""
    rc.xadd(orders, {f"f{n}": n for n in range(4000)})
    read_group(rc, orders, GROUP, "ann")
    [line] = pending(rc, orders, GROUP)
    assert dead_letter(rc, orders, GROUP, line, "long")
    [letter] = dead_letters(rc, orders)
    assert replay(rc, orders, letter.id) and rc.xlen(orders) == 2


def test_the_picture_is_that_of_a_single_server(rc, r, orders):
    """The same state gives the same bytes, even without a hash tag."""
    for name in (orders, orders.replace("{", "").replace("}", "")):
        for client in (rc, r):
            ensure_group(client, name, GROUP)
            client.xadd(name, {"value": 1})
            read_group(client, name, GROUP, "ann")
        assert picture(rc, name).svg == picture(r, name).svg
    clean_slate(r, name)


def test_the_nodes_picture_shows_where_streams_lie(cluster, rc, orders):
    """It follows the server's own reports, and has no ports or IDs, so it is the same in each
    run."""
    rc.set(orders + ":no-stream", 1)
    rc.xadd(orders, {"value": 1})
    owner = cluster.owner(orders)
    shown = nodes_picture(cluster, orders)
    lines = repr(shown).splitlines()
    assert [line for line in lines if orders in line] == [
        next(line for line in lines if line.startswith(owner.name))
    ]
    assert f"{orders} (1)" in repr(shown) and orders in shown.svg
    assert not any(str(node.port) in repr(shown) for node in cluster.nodes)


def test_the_nodes_picture_shows_who_does_not_answer(cluster, rc, orders):
    """With a frozen node, and a name that would be markup."""
    rc.xadd(orders + "<b>", {"value": 1})
    replica = next(node for node in cluster.nodes if node not in cluster.masters())
    replica.freeze()
    try:
        shown = nodes_picture(cluster, orders)
    finally:
        replica.thaw()
    assert f"{replica.name}  no answer" in repr(shown)
    assert "<b>" not in shown.svg and "&lt;b&gt;" in shown.svg


def handled(rc, stream, numbers, fault):
    """Send numbers, inject `fault` in the middle, and return the numbers that a consumer
    handled."""
    got = []
    with (
        Consumer(rc, stream, GROUP, "ann", lambda e: got.append(int(e.fields["value"]))) as ann,
        Producer(rc, stream, producer_id="till", patience=20) as producer,
    ):
        for number in range(numbers):
            producer.send({"value": number})
            if number == numbers // 2:
                ann.wait(1)
                fault()
        producer.flush(30)
        ann.drain(30)
    return got


def test_producer_and_consumer_follow_a_slot(cluster, rc, orders):
    """There and back, with nothing lost, nothing twice, and everything in order."""
    got = handled(rc, orders, 600, lambda: cluster.move(orders, elsewhere(cluster, orders)))
    assert got == [*range(600)]


def test_a_move_that_is_done_or_impossible_says_so(cluster, orders):
    """A slot that is there stays; a replica gets none, and the error names the masters."""
    owner = cluster.owner(orders)
    cluster.move(orders, owner)
    replica = next(node for node in cluster.nodes if node not in cluster.masters())
    with pytest.raises(ValueError, match=f"{replica} isn't a master now.* one of node"):
        cluster.move(orders, replica)
    assert cluster.owner(orders) is owner


def test_producer_and_consumer_outlive_their_master(cluster, rc, orders):
    """Entries are stored once; those handled as the master died may be delivered again."""
    master = cluster.owner(orders)
    try:
        got = handled(rc, orders, 600, master.kill)
        assert cluster.owner(orders) is not master
    finally:
        cluster.heal()
    assert list(dict.fromkeys(got)) == [*range(600)] and len(got) <= 610
    assert [int(fields["value"]) for _, fields in rc.xrange(orders)] == [*range(600)]


def test_a_consumer_that_waits_gets_what_comes_after_the_slot_moved(cluster, rc, orders):
    """Its blocked read ends one way or another, and the next one goes to the new node."""
    got, source = [], cluster.owner(orders)
    with Consumer(rc, orders, GROUP, "ann", got.append, block_ms=4000) as ann:
        waiting = {"blocked_clients": 1}
        wait_until(lambda: waiting.items() <= source.r.info("clients").items(), 5, "a blocked read")
        cluster.move(orders, elsewhere(cluster, orders))
        rc.xadd(orders, {"value": 1})
        ann.wait(1, 3)
    assert values(got) == [1]


def test_a_frozen_master_acknowledges_and_throws_away_and_the_producer_notices(cluster, orders):
    """It answers the commands waiting in its socket; then it learns that it is now a replica."""
    with (
        pytest.raises(redis.ResponseError, match="SEQGAP the server has entries up to 10 .* 12"),
        connect(cluster.url, timeout=30) as patient,
        Producer(patient, orders, producer_id="till") as producer,
    ):
        for number in range(10):
            producer.send({"value": number})
        producer.flush()
        master = cluster.owner(orders)
        wait_until(master.has_copies, 20, "a copy of 0 to 9")
        master.freeze()
        producer.send({"value": 10})
        cluster.successor(orders, master)
        cluster.heal()
        producer.flush()
        assert producer.stored == 11 and patient.xlen(orders) == 10
        producer.send({"value": 11})
        producer.flush()


def test_owners_are_told_by_the_latest_election(cluster, rc, orders):
    """Not by a node that slept through it; without one, nobody is an owner."""
    master = cluster.owner(orders)
    master.kill()
    with pytest.raises(LookupError, match="No node serves"):
        cluster.owner(orders)
    assert cluster.successor(orders, master) is cluster.owner(orders) is not master
    cluster.heal()
    assert not master.look().master


def test_two_clusters_at_once_do_not_meet(cluster):
    """Each has its own ports."""
    with OwnCluster(cluster.nodes[0].binary, masters=1) as second:
        ports = [node.port for node in (*cluster.nodes, *second.nodes)]
        assert len({*ports}) == len(ports)
        assert "cluster_known_nodes:2\r\n" in second.nodes[0].cluster("INFO")


def test_slots_are_the_servers_own(cluster):
    """The course computes them as the server does."""
    for key in ("orders", "orders:{0}", "{orders}:producer:1", "a{}b", "a{b", "{a}{b}"):
        assert cluster.nodes[0].r.cluster("KEYSLOT", key) == key_slot(key.encode())
