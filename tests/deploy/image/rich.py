"""A container has only what requirements.txt names, and structlog looks for this one."""

raise ImportError("rich is not installed in the image")
