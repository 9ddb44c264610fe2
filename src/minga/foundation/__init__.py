"""Django apps without domain: the ledger, search, files, jobs, calendars and the database itself."""
