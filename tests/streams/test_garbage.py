import subprocess
import sys

PROGRAM = """
import gc
from streams.garbage import YOUNG, collect_seldom
collect_seldom()
assert gc.isenabled() and gc.get_freeze_count() > 0 and gc.get_threshold()[0] == YOUNG
class Knot: pass
knot = Knot(); knot.itself = knot; del knot
assert gc.collect() > 0, "cycles that are made later are still found"
"""


def test_what_is_alive_is_left_alone_and_later_cycles_are_still_collected() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
