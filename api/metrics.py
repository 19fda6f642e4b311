"""Counters in the Prometheus text format (version 0.0.4)."""

import threading
from dataclasses import dataclass, field

BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of the time buckets, in seconds."""
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE"})


@dataclass(slots=True)
class _Series:
    buckets: list[int] = field(default_factory=lambda: [0] * len(BUCKETS))
    count: int = 0
    seconds: float = 0.0


class Metrics:
    """Requests since the start, by method, operation and status."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str, int], _Series] = {}
        self._lock = threading.Lock()

    def note(self, method: str, operation: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._lock:
            key = (method if method in _METHODS else "other", operation, status)
            series = self._series.setdefault(key, _Series())
            series.count += 1
            series.seconds += seconds
            for place, bound in enumerate(BUCKETS):
                series.buckets[place] += seconds <= bound

    def text(self, gauges: dict[str, int]) -> str:
        """Everything counted, and `gauges` as `spana_<name>`."""
        lines = []
        for name, value in gauges.items():
            lines += [f"# TYPE spana_{name} gauge", f"spana_{name} {value}"]
        lines.append("# TYPE spana_http_request_seconds histogram")
        with self._lock:
            for (method, operation, status), series in sorted(self._series.items()):
                labels = f'method="{method}",operation="{operation}",status="{status}"'
                lines += [
                    f'spana_http_request_seconds_bucket{{{labels},le="{bound}"}} {count}'
                    for bound, count in zip(BUCKETS, series.buckets, strict=True)
                ]
                lines += [
                    f'spana_http_request_seconds_bucket{{{labels},le="+Inf"}} {series.count}',
                    f"spana_http_request_seconds_sum{{{labels}}} {series.seconds:.6f}",
                    f"spana_http_request_seconds_count{{{labels}}} {series.count}",
                ]
        return "\n".join(lines) + "\n"
