"""Label Viewer: open a label export with its media and see every label exactly where it is."""

__version__ = "0.1.0"
