"""The HTTP interface and the pages: one module per noun."""
