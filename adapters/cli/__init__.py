"""The command line: what was typed becomes a request or a query, and its answer becomes words. One surface among others."""
