"""Duplicates: two files of one person in one county are found, looked at by a person, joined, and taken apart again."""
