"""Sheets that people bring (XLSX, CSV), as rows of texts that know where they stand; and templates for them.

`read_sheets` measures a file before anything of it is opened. Only commands and workers may call it: python-calamine is
imported when the first workbook is opened, and never in the API's process.
"""
