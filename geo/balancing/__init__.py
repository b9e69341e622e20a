"""Balance: proposals of who works which grid and which atom lies in which grid, so that work is even.

Pure: no database, no clock. HiGHS (by way of scipy) is imported where it is called, never by importing a module.
"""
