"""Backups: a dump of the database and the files beside it, in a folder that says of itself what it is.

BACKUP        facts, a JSON object: release, commit, revisions, data date, when, how long
SHA256SUMS    of every other file
database/     pg_dump's directory format
files/        the folder of files that people bring, where there is one
"""

FACTS = "BACKUP"
SUMS = "SHA256SUMS"
DATABASE = "database"
FILES = "files"
