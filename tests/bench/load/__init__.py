"""Fifty people at work at once, in front of the real server on this machine.

visitor    a browser: one user's requests over HTTP, each page kept in mind
work       what a user does between two thoughts
checks     afterwards: is every write there once, was any row seen that should not be
__main__   starts the server, lets them work, stops, checks, prints
"""
