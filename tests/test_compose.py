"""The promises of docker-compose.yml and the Dockerfile. These tests need no Docker: they read both
files without running them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from helpers.setup import lab_settings

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
REDIS, APP, WORKER = (COMPOSE["services"][name] for name in ("redis", "app", "worker"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
FROM_A_PATCH_VERSION = r"[\w./-]+:\d+\.\d+\.\d+(-[\w.-]+)?"


def instructions(name: str) -> list[str]:
    """The arguments of each instruction of that name, in order; continued lines are joined."""
    return re.findall(rf"^{name}\s+(.*)$", DOCKERFILE.replace("\\\n", " "), re.MULTILINE)


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_ports_are_published_on_this_machine_only(service):
    """Redis has no password, and Lab's token is no protection on a class's network."""
    ports = COMPOSE["services"][service].get("ports", [])
    assert bool(ports) == (service != "worker")
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


@pytest.mark.parametrize("port", [*REDIS["ports"], *APP["ports"]])
def test_a_taken_port_can_be_changed(port):
    """The host port comes from an environment variable, with the usual port as the default."""
    assert re.match(r"127\.0\.0\.1:\$\{COURSE_\w+_PORT:-(6379|8888)\}:", port)


def test_images_are_pinned():
    """The course will work next year as it does today: both images name a patch version, and Redis
    is an 8."""
    assert re.fullmatch(FROM_A_PATCH_VERSION, REDIS["image"])
    assert REDIS["image"].startswith("redis:8.")
    assert [
        image for image in instructions("FROM") if not re.fullmatch(FROM_A_PATCH_VERSION, image)
    ] == []


def test_redis_is_checked_as_in_the_go_program():
    """The container's name and health check are those of the Go program that the course follows."""
    check = {
        "test": ["CMD", "redis-cli", "ping"],
        "interval": "5s",
        "timeout": "5s",
        "retries": 3,
        "start_period": "5s",
    }
    assert REDIS["container_name"] == "redis_service"
    assert REDIS["healthcheck"] == check


def test_the_worker_starts_only_if_asked_for_and_has_time_to_end():
    """Nobody gets a consumer by surprise; SIGTERM reaches the program itself."""
    assert WORKER["profiles"] == ["worker"]
    assert WORKER["depends_on"] == {"redis": {"condition": "service_healthy"}}
    assert WORKER["environment"] == {"REDIS_HOST": "redis", "STREAM": "orders"}
    assert WORKER["command"] == ["python", "notebooks/service/worker.py"]
    assert (ROOT / WORKER["command"][1]).is_file()
    assert WORKER["stop_grace_period"] == "30s"


def test_the_app_waits_for_a_healthy_redis_and_is_told_where_it_is():
    """The first connection isn't refused, and REDIS_HOST is actually read."""
    assert APP["depends_on"] == {"redis": {"condition": "service_healthy"}}
    assert APP["environment"] == {"REDIS_HOST": "redis"}


def test_streams_survive_a_restart():
    """The append-only file is on a named volume, and a full server refuses writes instead of
    dropping streams."""
    assert "redis-data" in COMPOSE["volumes"]
    assert "redis-data:/data" in REDIS["volumes"]
    assert "--appendonly yes" in " ".join(REDIS["command"])
    assert REDIS["command"][-2:] == ["--maxmemory-policy", "noeviction"]


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_nothing_runs_as_root(service):
    """Each service has its own user, without a way to gain more rights."""
    user = re.sub(r"\$\{\w+:-(.*?)\}", r"\1", COMPOSE["services"][service]["user"])
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert COMPOSE["services"][service]["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in COMPOSE["services"][service]["security_opt"]


def test_the_image_alone_does_not_run_as_root_either():
    """The Dockerfile's last USER is a number above 0, and no later instruction needs root."""
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", instructions("USER")[-1])
    assert "RUN" not in DOCKERFILE.rpartition("\nUSER ")[2]


def test_no_kernel_compiles_the_helpers_again():
    """The image's user can't write next to them, so they are compiled once they are all there."""
    assert "RUN python -m compileall -q helpers\n" in DOCKERFILE.rpartition("\nCOPY . .\n")[2]


@pytest.mark.parametrize("name", ["docker-compose.yml", "Dockerfile"])
def test_no_password_or_token_is_written_down(name):
    """A working default is never changed, so there is none: Lab makes a new token at each start."""
    assert (
        re.findall(
            r"(?i)password\s*[:=]|requirepass|token\s*=|JUPYTER_TOKEN",
            (ROOT / name).read_text("utf-8"),
        )
        == []
    )


def test_lab_listens_where_it_is_published():
    """The port is the same inside and outside, so the printed address is the one to open; if it is
    taken, no other is used."""
    inside = re.search(r"--port=(\S+)", " ".join(APP["command"]))[1]
    assert f"127.0.0.1:{inside}:{inside}" in APP["ports"]
    assert {"--ip=*", "--ServerApp.port_retries=0"} <= set(APP["command"])


def test_code_is_baked_in_and_notebooks_are_mounted():
    """Learners' files stay outside the container; the packages are those of requirements.txt."""
    assert APP["volumes"] == ["./notebooks:/course/notebooks"]
    assert instructions("WORKDIR") == ["/course"]
    assert any("-r requirements.txt" in run for run in instructions("RUN"))
    assert ". ." in instructions("COPY")


def test_what_is_not_in_git_is_not_in_the_image():
    """Neither the environment, nor caches, nor Git's own files."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {".git", ".venv", "**/__pycache__", ".pytest_cache"} <= set(ignored)


def test_another_image_may_have_protected_mode():
    """It is off for any image: only the port on 127.0.0.1 and this project's containers can reach
    Redis."""
    assert "--protected-mode no" in " ".join(REDIS["command"])


def test_the_data_are_found_from_any_folder():
    """Compose 1.29 takes no project name, so a volume without its own name would get the
    folder's."""
    assert COMPOSE["volumes"]["redis-data"] == {"name": "redis-streams-course_redis-data"}


@pytest.mark.parametrize("variable", ["MPLCONFIGDIR=", "-o cache_dir="])
def test_caches_go_where_any_user_can_write(variable):
    """Otherwise matplotlib and pytest would warn, in outputs and in each run, that /course is
    read-only."""
    assert f"{variable}/tmp/" in instructions("ENV")[0]


def test_both_generations_of_compose_know_every_key():
    """Compose 1.29 refuses any other key, including `name` (its compose_spec.json)."""
    assert COMPOSE.keys() <= {"version", "services", "networks", "volumes", "secrets", "configs"}
    known = {
        "build",
        "cap_add",
        "cap_drop",
        "command",
        "container_name",
        "depends_on",
        "devices",
        "dns",
        "entrypoint",
        "env_file",
        "environment",
        "expose",
        "extra_hosts",
        "group_add",
        "healthcheck",
        "hostname",
        "image",
        "init",
        "ipc",
        "labels",
        "logging",
        "mem_limit",
        "networks",
        "pid",
        "pids_limit",
        "platform",
        "ports",
        "profiles",
        "pull_policy",
        "read_only",
        "restart",
        "secrets",
        "security_opt",
        "shm_size",
        "stdin_open",
        "stop_grace_period",
        "stop_signal",
        "sysctls",
        "tmpfs",
        "tty",
        "ulimits",
        "user",
        "volumes",
        "working_dir",
    }
    assert {key for service in COMPOSE["services"].values() for key in service} <= known
    volume = {"name", "driver", "driver_opts", "external", "labels"}
    assert COMPOSE["volumes"]["redis-data"].keys() <= volume


@pytest.mark.parametrize("compose", ["docker compose", "docker-compose"])
def test_docker_understands_the_file(compose):
    """`config` in Compose 2 and 1.29 finds no errors, such as misspelled keys."""
    command = compose.split()
    version = [*command, "version"]
    if not shutil.which(command[0]) or subprocess.run(version, capture_output=True).returncode:
        pytest.skip(f"{compose} is not installed, so it can't check the file.")
    config = [*command, "-f", str(ROOT / "docker-compose.yml"), "config", "--quiet"]
    done = subprocess.run(config, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_lab_says_at_once_that_notebooks_cannot_be_saved(tmp_path, monkeypatch):
    """Before the first save, one sentence names the user, the folder, its owner and the way out."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00_start_here.ipynb").touch()
    monkeypatch.setattr(lab_settings, "ROOT", tmp_path)
    assert lab_settings.read_only() == ""
    # Root may write whatever the mode, so this test supplies the answer.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).suffix != ".ipynb")
    folder = tmp_path / "notebooks"
    owner = folder.stat()
    assert lab_settings.read_only() == (
        f"Notebooks can't be saved: user {os.getuid()} may not write to {folder}, which belongs to "
        f"user {owner.st_uid}. Start it as that user; with Docker: "
        f"COURSE_USER={owner.st_uid}:{owner.st_gid} docker compose up"
    )
