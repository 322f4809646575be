"""The commands: one file per noun. Each turns what was typed into a request or a query, and its answer into lines."""
