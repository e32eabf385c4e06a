"""The briefing: one self-contained page of what the register says this morning.

Here belong the choice of what is shown (``content``, over ``sql/briefing``), its words (``phrases``) and its looks (``page``). What the
figures mean is decided by the views; how marks are drawn, by ``pipelines/charts.py``.
"""

from pipelines.briefing.page import write_briefing

__all__ = ["write_briefing"]
