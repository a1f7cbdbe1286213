"""reviewer: confidentiality review of documents before they are published."""

__version__ = "0.1.0"
