"""Text to facts: pure functions that turn an article into dated, attributed facts with their evidence.

Belongs here: everything that reads words. Does not belong here: files, Dagster, pandas, DuckDB, or anything that looks beyond one article.
``extract`` is the one way in; ``annotate`` gives the annotations alone.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipelines.extraction.engine import annotate, extract

__all__ = ["annotate", "extract"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: the warehouse reads the closed lists beside this module and must not pay for the engine.
    if name in __all__:
        from pipelines.extraction import engine

        return getattr(engine, name)
    raise AttributeError(name)
