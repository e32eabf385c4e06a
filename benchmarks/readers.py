"""How fast documents are read and copies found, and in how much memory. Everything is invented here and removed afterwards.

python benchmarks/readers.py                     # a minute: 50,000 articles, every format, 100,000 signatures
python benchmarks/readers.py --articles 1000000  # the million of docs: 2.6 GB of JSON Lines
"""

import argparse
import gzip
import io
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "readers")]

from made_files import column, docx_of, page_of_html, paragraphs_of_html, pdf_of_pages, warc_of, word_paragraphs, wrapped  # noqa: E402

from pipelines.readers import Document, read  # noqa: E402

_SUBJECTS = (
    "The minister",
    "A delegation",
    "The trade envoy",
    "The ambassador",
    "The central bank",
    "A joint commission",
    "The port authority",
)
_VERBS = ("signed", "reviewed", "welcomed", "proposed", "postponed", "extended", "inspected", "financed")
_OBJECTS = (
    "a transit accord",
    "the rail project",
    "a customs treaty",
    "the pipeline",
    "a line of credit",
    "the tariff list",
    "a visa waiver",
)
_PLACES = ("Nairobi", "Accra", "Lima", "Quito", "Hanoi", "Manila", "Oslo", "Vienna", "Rabat", "Tunis", "Dakar", "Lusaka")


def article(number: int) -> dict[str, str]:
    """Return an invented article of about 2.2 KB, another for each number."""
    chance = random.Random(number)
    sentences = [
        f"{chance.choice(_SUBJECTS)} of {chance.choice(_PLACES)} {chance.choice(_VERBS)} {chance.choice(_OBJECTS)}"
        f" worth ${chance.randint(2, 900)} million on {chance.choice(('Monday', 'Tuesday', 'Friday'))}, officials in"
        f" {chance.choice(_PLACES)} said after the talks."
        for _ in range(18)
    ]
    paragraphs = [
        "NAIROBI, Sept 9 (Agency) – " + " ".join(sentences[:3]),
        *(" ".join(sentences[start : start + 3]) for start in range(3, 18, 3)),
    ]
    return {
        "title": f"{chance.choice(_PLACES)} and {chance.choice(_PLACES)} talk trade",
        "text": "\n\n".join(paragraphs),
        "published_at": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00Z",
        "source": "Wire",
        "url": f"https://www.example.com/news/{number}",
    }


def peak_megabytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def measured(name: str, path: Path, root: Path) -> None:
    """Read a file and print how that went."""
    begun, cpu = time.perf_counter(), time.process_time()
    documents = sum(isinstance(item, Document) for item in read(path, root))
    wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    size = path.stat().st_size / 1e6
    print(
        f"{name:12} {documents:9,} documents {size:8.1f} MB {wall:7.1f} s {documents / cpu:8,.0f} a CPU second,"
        f" peak {peak_megabytes():6,.0f} MB",
        flush=True,
    )


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write one file of each format and give its name and path."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    import zstandard

    rows = [article(number) for number in range(5000)]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), table)
    some = rows[:300]
    pages = [
        (row["url"], page_of_html(f"<h1>{row['title']}</h1>{paragraphs_of_html(tuple(row['text'].split(chr(10) * 2)))}")) for row in some
    ]
    entries = "".join(
        f"<item><title>{row['title']}</title><link>{row['url']}</link><description>{row['text']}</description>"
        "<pubDate>Tue, 09 Sep 2025 23:30:00 +0500</pubDate></item>"
        for row in some
    )
    setting = [line for row in rows[:100] for line in (*wrapped(row["text"].replace("\n\n", " "), 90), "")]
    sheets = [column(setting[start : start + 50], 50, 780, 9, 14) for start in range(0, len(setting), 50)]
    for name, content in (
        ("a.jsonl", lines),
        ("a.json", json.dumps(rows).encode()),
        ("a.jsonl.gz", gzip.compress(lines, 6)),
        ("a.jsonl.zst", zstandard.compress(lines)),
        ("a.parquet", table.getvalue()),
        ("a.warc.gz", warc_of(pages)),
        ("a.rss", f"<rss version='2.0'><channel><title>Wire</title>{entries}</channel></rss>".encode()),
        ("a.pdf", pdf_of_pages(sheets)),
        ("a.docx", docx_of(word_paragraphs(tuple(rows[0]["text"].split("\n\n"))))),
    ):
        (folder / name).write_bytes(content)
        yield name, folder / name
    print(f"(the PDF has {len(sheets)} pages)")


def duplicates(count: int) -> None:
    """Sign real texts, then link ``count`` synthetic signatures of which a fifth are copies; print how long each took."""
    import duckdb
    import numpy as np
    import pyarrow as pa

    from pipelines.resolution.duplicates import BANDS, ROWS, bands_of, link_duplicates
    from pipelines.warehouse.ddl import statements

    texts = [article(number)["text"] for number in range(1000)]
    begun = time.process_time()
    for text in texts:
        bands_of(text)
    print(f"signing      {len(texts) / (time.process_time() - begun):8,.0f} documents a CPU second")
    chance = np.random.default_rng(1)
    lanes = chance.integers(0, 65536, (count, BANDS * ROWS)).astype("<u2")
    copies = np.arange(1, count, 5)
    copied = lanes[copies - 1].copy()
    changed = chance.random(copied.shape) < 0.1
    copied[changed] = lanes[copies][changed]
    lanes[copies] = copied
    bands = np.ascontiguousarray(lanes).view("<i8")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(f"{folder}/bench.duckdb") as con:
        con.execute("set threads = 2")
        for statement in statements():
            con.execute(statement)
        con.execute(
            f"""
            insert into main.dim_documents by name
            select md5(i::varchar) as document_id, 'a' as source_path, ['a'] as source_paths,
              date '2025-01-01' + (i // 2000)::int as published_on,
              'header' as published_on_method, 1 as word_count, 'a' as body, now()::timestamp as ingested_at, true as is_current
            from range({count}) as numbers (i)
            """
        )
        ids = pa.array([row[0] for row in con.execute(f"select md5(i::varchar) from range({count}) as numbers (i) order by i").fetchall()])
        for start in range(0, count, 200_000):
            part = len(ids[start : start + 200_000])
            con.register(
                "part",
                pa.table(
                    {
                        "document_id": ids[start : start + part].take(pa.array(np.repeat(np.arange(part), BANDS))),
                        "band": pa.array(np.tile(np.arange(BANDS), part)),
                        "band_hash": pa.array(bands[start : start + part].ravel()),
                    }
                ),
            )
            con.execute("insert into staging.document_bands by name select * from part")
            con.unregister("part")
        for name, waiting in (("all at once", count), ("10,000 more", 10_000), ("100 more", 100)):
            con.execute("delete from staging.pending_documents")
            con.execute(
                f"""
                insert into staging.pending_documents
                select document_id, 'duplicates' from main.dim_documents order by hash(document_id) limit {waiting}
                """
            )
            begun = time.perf_counter()
            con.execute("begin")
            counts = link_duplicates(con)
            con.execute("commit")
            print(
                f"linking      {name} of {count:,}: {time.perf_counter() - begun:6.2f} s, {counts['documents_relinked']:,} copies",
                flush=True,
            )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--signatures", type=int, default=100_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "all.jsonl").open("w") as stream:
            stream.writelines(json.dumps(article(number)) + "\n" for number in range(chosen.articles))
        measured("JSON Lines", folder / "all.jsonl", folder)
        for kind, path in files(folder):
            measured(kind, path, folder)
    duplicates(chosen.signatures)


if __name__ == "__main__":
    main()
