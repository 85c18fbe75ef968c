"""``python -m tests.bench.as_installed module …``: without what only the tests have brought here.

structlog imports rich wherever it finds it, which is a tenth of a start; ``make run`` has none.
"""

import runpy
import sys

if __name__ == "__main__":
    sys.modules["rich"] = None
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
