"""How much memory a process took."""

import resource
import sys


def peak_memory_mb(who: int = resource.RUSAGE_SELF) -> float:
    """Peak resident size; ru_maxrss is in kB on Linux and in bytes on macOS."""
    peak = resource.getrusage(who).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
