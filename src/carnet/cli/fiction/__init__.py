"""`carnet demo`: people who don't exist, in French and English, and the tasks owed to them.

Nobody real is named: family names and companies are made up, addresses of mail end in `.example`, and phones come from
the ranges that numbering authorities reserve for fiction. The same numbers give the same notebook on the same day.
"""
