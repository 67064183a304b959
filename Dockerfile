# The course with everything that requirements.txt names; docker-compose.yml runs it beside a Redis,
# and `python3 -m helpers grade` runs in it where bubblewrap is missing.
FROM python:3.13.9-slim-bookworm

# Caches go where any user can write, on a read-only file system with a tmpfs on /tmp, too.
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    PYTEST_ADDOPTS="-o cache_dir=/tmp/pytest"

# `grade` runs in this image on machines without it: it makes the sandboxes for hand-ins.
RUN apt-get update && apt-get install --yes --no-install-recommends bubblewrap \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /course

# First what rarely changes: a change of a lesson or a helper installs nothing again.
COPY requirements.txt pyproject.toml ./
COPY helpers/__init__.py helpers/constraints.txt helpers/
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

COPY . .
# The learner's kernels can't write here, and would compile it at each start.
RUN python -m compileall -q helpers

RUN useradd --create-home --uid 1000 learner
USER 1000:1000

EXPOSE 8888
CMD ["python", "-m", "helpers", "lab", "--no-browser", "--ip=*", "--port=8888", "--ServerApp.port_retries=0", \
     "--ServerApp.custom_display_url=http://127.0.0.1:8888"]
