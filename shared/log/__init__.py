"""Facts between services: the log, its two adapters, and delivery with one effect for each fact."""
