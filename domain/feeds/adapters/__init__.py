"""Adapters 适配说明: a bank's own files described in one readable file a source, not programmed (docs/adapters.md).

A file is brought line by line into parts with the canonical delimiter between (`lines`), in the order in which it has
them. What the parts mean for the columns of the contract is SQL over them (`mapping`), so that a line that did not
change since yesterday is never taken apart, and a million that did are read as a set.
"""
