"""演示城市: 怀化市 (4312) with its real divisions and fictional people, so that the house can be seen at work.

Everything is told from a seed and from the division books, without a clock: the same checkout tells the
same city. It goes in through the register engine, as a county's workbook does. What the published reply of
2022 counts comes out as published (``published.py``); everything else is made up and marked 演示数据.
"""
