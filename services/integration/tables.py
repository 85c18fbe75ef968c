"""What integration keeps."""

from shared.store.columns import new_metadata

metadata = new_metadata()
