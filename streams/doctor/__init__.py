"""What `tingfeng doctor` looks at before anything is started."""

from streams.doctor.checks import CHECKS
from streams.doctor.finding import Finding, examine

__all__ = ["CHECKS", "Finding", "examine"]
