"""One measurement in this process: `python -m benchmarks.once '{"task": "first_run"}'` prints what it found."""

from __future__ import annotations

import json
import sys
from time import process_time

from benchmarks.tasks import TASKS


def main() -> None:
    asked = json.loads(sys.argv[1])
    found = TASKS[asked.pop("task")](**asked)
    print(json.dumps(found | {"process_cpu": process_time()}))


if __name__ == "__main__":
    main()
