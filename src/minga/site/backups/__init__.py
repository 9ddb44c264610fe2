"""One file with a whole instance in it: written and proved by `taking`, refused or brought back by `restoring`.

`archive` is the file itself, `keys` the instance's keys in it, `contents` what it says and whether that is true.
"""
