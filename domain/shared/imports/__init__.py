"""Imports: a list that people keep in a sheet is compared with what is there, taken over and, if need be, taken back.

A room declares a kind (`kinds.ImportKind`): its columns, how a row becomes what is wished, what is there, and how
changes are written. What a dry run, an application and an undoing are is said here once.
"""
