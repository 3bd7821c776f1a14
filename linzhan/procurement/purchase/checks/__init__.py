"""Checks of a purchase before somebody is bound: each by the rulebook of its place, and only where it has the rule.

Every check says its number, what it is measured against and the clause; the day whose rules hold is the day of
the act (a contract of 2021 is held against the rules of 2021). Where no rule is in force there is no check.
"""
