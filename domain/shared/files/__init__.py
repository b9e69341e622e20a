"""文件: what people send, from the address that they are given to what is kept.

Why it is so: docs/decisions/one-door-for-files.md.
"""
