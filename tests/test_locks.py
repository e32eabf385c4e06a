"""Readers never block a refresh and a refresh never blocks readers, whatever they do with the published file."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pytest

from pipelines.refresh import refresh
from tests.conftest import write_article

COUNT = "select count(*) from main.dim_documents"

# A client in a process of its own: opens the file, and answers a query for each line it is sent.
CLIENT = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
if sys.argv[2] == "transaction":
    con.execute("begin")
    con.execute("create table mine as select 1 as x")
print("ready", flush=True)
for line in sys.stdin:
    print(con.execute(line).fetchall(), flush=True)
"""


class Client:
    """A process that holds the published file open."""

    def __init__(self, path: Path, mode: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", CLIENT, str(path), mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        assert self._process.stdout.readline() == "ready\n"

    def ask(self, query: str) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(query + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate("")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    write_article(tmp_path / "seeds", "a.txt", "Kenya and Norway signed a fisheries agreement in Nairobi.")
    assert refresh(tmp_path / "seeds", tmp_path / "w.duckdb", workers=1).succeeded
    write_article(tmp_path / "seeds", "b.txt", "Chad and Niger opened a border post in Niamey.")
    return tmp_path / "w.duckdb"


@pytest.fixture
def client(published: Path) -> Iterator[Callable[[str], Client]]:
    with ExitStack() as stack:

        def start(mode: str) -> Client:
            opened = Client(published, mode)
            stack.callback(opened.close)
            return opened

        yield start


@pytest.mark.parametrize("modes", [["read", "read"], ["write"], ["transaction"]], ids=lambda modes: "+".join(modes))
def test_clients_and_refresh_do_not_meet(published: Path, client: Callable[[str], Client], modes: list[str]) -> None:
    clients = [client(mode) for mode in modes]
    outcome = refresh(published.parent / "seeds", published, workers=1)
    assert outcome.succeeded, outcome.problems
    for opened in clients:
        assert opened.ask(COUNT) == "[(1,)]", "who has the file open keeps what was"
    assert client("read").ask(COUNT) == "[(2,)]", "who opens it now sees the refresh"


def test_a_careless_writer_loses_its_change_and_harms_nobody(published: Path, client: Callable[[str], Client]) -> None:
    careless = client("write")
    careless.ask("create table mine as select 1 as x")
    careless.ask("delete from main.dim_documents")
    assert refresh(published.parent / "seeds", published, workers=1).succeeded
    careless.ask("insert into mine values (2)")
    reader = client("read")
    assert reader.ask(COUNT) == "[(2,)]"
    assert "mine" not in reader.ask("show tables")
    careless.close()
    assert client("read").ask(COUNT) == "[(2,)]"


def test_clients_read_while_a_refresh_is_under_way(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.warehouse import facts

    asked: list[str] = []
    validate = facts._validate

    def ask_meanwhile(*arguments: object) -> object:
        if not asked:
            opened = Client(published, "read")
            asked.append(opened.ask(COUNT))
            opened.close()
        return validate(*arguments)

    monkeypatch.setattr(facts, "_validate", ask_meanwhile)
    assert refresh(published.parent / "seeds", published, workers=1).succeeded
    assert asked == ["[(1,)]"]


def test_two_refreshes_at_once_both_succeed(published: Path) -> None:
    code = "import sys\nfrom pipelines.refresh import refresh\noutcome = refresh(sys.argv[1], sys.argv[2])\nsys.exit(not outcome.succeeded)"
    seeds = str(published.parent / "seeds")
    environment = {name: value for name, value in os.environ.items() if name != "DAGSTER_HOME"}
    processes = [subprocess.Popen([sys.executable, "-c", code, seeds, str(published)], env=environment) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    with duckdb.connect(str(published), read_only=True) as con:
        assert con.execute(COUNT).fetchall() == [(2,)]
        assert con.execute("select count(*), count(finished_at) from ops.refreshes").fetchall() == [(3, 3)]
