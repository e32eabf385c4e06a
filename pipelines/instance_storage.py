"""Where Dagster keeps runs, events and schedules: SQLite in DAGSTER_HOME. What is kept, and when, is Dagster's concern."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from filelock import FileLock

from pipelines.settings import current_settings

# The index and the runs of the moment; a web server looks at many runs and must not hold a file for each.
_OPEN_DATABASES = 4
_BUSY_TIMEOUT_SECONDS = 30


class ProjectStorage(DagsterSqliteStorage):
    """Dagster's SQLite storage in the folder of the settings, so that one ``dagster.yaml`` serves every way to start Dagster."""

    def __init__(self, inst_data: Any = None) -> None:
        home = current_settings().home
        home.mkdir(parents=True, exist_ok=True)
        # Two processes that make the databases at the same time can spoil them for good: a web server and its daemon start together.
        with FileLock(home / "storage.lock"):
            super().__init__(str(home), inst_data)
            self._event_log_storage = QuickEventLogStorage(str(Path(home, "history", "runs")))

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Return the options in ``dagster.yaml``: none."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Mapping[str, Any]) -> "ProjectStorage":
        """Make the storage from its part of ``dagster.yaml``."""
        return cls(inst_data)


class QuickEventLogStorage(SqliteEventLogStorage):
    """The event log of Dagster, at a quarter of the time an event.

    The original opens and closes a database for every read and write. Here the last few stay open, and a commit does not wait for the
    disk: after a power cut the log may lack its last moments, never its order.
    """

    def __init__(self, base_dir: str, inst_data: Any = None) -> None:
        self._engines: OrderedDict[str, sqlalchemy.Engine] = OrderedDict()
        super().__init__(base_dir, inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        with self._db_lock, self._engine(shard).connect() as connection, connection.begin():
            yield connection

    def _engine(self, shard: str) -> sqlalchemy.Engine:
        if shard in self._engines:
            self._engines.move_to_end(shard)
            return self._engines[shard]
        engine = sqlalchemy.create_engine(
            self.conn_string_for_shard(shard),
            poolclass=sqlalchemy.pool.StaticPool,
            connect_args={"timeout": _BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        with engine.connect() as connection:
            connection.execute(sqlalchemy.text("pragma synchronous = normal"))
        self._engines[shard] = engine
        while len(self._engines) > _OPEN_DATABASES:
            self._engines.popitem(last=False)[1].dispose()
        return engine

    def dispose(self) -> None:
        """Close what is open."""
        super().dispose()
        while self._engines:
            self._engines.popitem()[1].dispose()
