"""How fast every view answers on a large register: a million trade claims and a million mentions of happenings, made by SQL.

python -m benchmarks.views                    # one to two minutes to make, half a minute to ask
python -m benchmarks.views --rows 100000

A view is asked twice: for a look at its first rows, and for all of it (counted, so that the terminal is not what is measured).
"""

import argparse
import tempfile
import time
from pathlib import Path

import duckdb

from pipelines.settings import current_settings
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.aggregates import write_aggregates
from pipelines.warehouse.reference import REFERENCE_TABLES, write_reference
from pipelines.warehouse.views import make_view, views

# dice(n, s, k): a number from 0 to k - 1 that looks random and is the same on every machine.
_MADE = """
create temp macro dice(n, salt, sides) as (hash(n * 1000 + salt) % sides::ubigint)::bigint;
create temp table codes as
select party_code, row_number() over (order by hash(party_code)) - 1 as place from main.dim_parties where party_type = 'country';
create temp macro code(wanted) as (select party_code from codes where place = wanted);
create temp table pairs as
select a.party_code as party_a, b.party_code as party_b, row_number() over (order by hash(a.party_code || b.party_code)) - 1 as pair
from codes as a join codes as b on a.party_code < b.party_code where dice(a.place * 300 + b.place, 1, 4) = 0;
create temp table sizes as select count(*)::bigint as pairs, (select count(*) from codes)::bigint as countries from pairs;

insert into main.dim_documents by name
select
  'd' || n as document_id, 'news/' || n || '.txt' as source_path, [source_path] as source_paths, 'Headline number ' || n as title,
  'Outlet ' || dice(n, 2, 50) as publisher, 'https://news.example/' || n as url, date '2015-01-01' + dice(n, 3, 3800)::int as published_on,
  'header' as published_on_method, 'en' as language, 300 as word_count, 'Words of document ' || n as body, now() as ingested_at,
  'benchmark' as extractor_version, true as is_current, if(dice(n, 4, 8) = 0 and n > 9, 'd' || n // 10, null) as duplicate_of
from range($rows // 5) as numbers (n);

insert into main.dim_people by name
select
  'p' || n as person_id, 'Person Number ' || n as name, [name] as aliases, code(dice(n, 5, (select countries from sizes))) as party_code,
  (['head_of_state', 'head_of_government', 'foreign_minister', 'trade_minister', 'ambassador'])[dice(n, 6, 5) + 1] as office,
  date '2015-01-01' as first_seen_on, date '2025-01-01' as last_seen_on, 10 as document_count
from range($rows // 50) as numbers (n);

create temp table happenings as
select
  n, 'e' || n as engagement_id, pair, date '2015-01-01' + dice(n, 7, 3800)::int as start_date,
  (['meeting', 'visit', 'talks', 'call', 'signing', 'criticism', 'aid', 'sanction'])[dice(n, 8, 8) + 1] as engagement_type,
  (['occurred', 'occurred', 'occurred', 'planned'])[dice(n, 9, 4) + 1] as status
from (select n, dice(n, 10, (select pairs from sizes)) as pair from range($rows * 7 // 10) as numbers (n));

insert into main.fct_engagements by name
select
  engagement_id, engagement_type, status, start_date, start_date as end_date, 'day' as date_precision, 'Town' as place_name,
  party_a as place_country, 'foreign_minister' as level, 1 as document_count, 1 as publisher_count, start_date as first_reported_on,
  start_date as last_reported_on, dice(n, 11, 20) = 0 as has_conflict
from happenings join pairs using (pair);

insert into main.fct_engagement_mentions by name
select
  'm' || m as mention_id, engagement_id, 'd' || dice(m, 12, $rows // 5) as document_id, engagement_type, status, start_date,
  start_date as end_date, 'day' as date_precision, 'explicit' as date_method, 'Town' as place_name, party_a as place_country,
  0.5 + dice(m, 13, 50) / 100 as confidence, 'made' as rule_id, 'Words that say it, number ' || m as evidence_text, 0 as evidence_start,
  20 as evidence_end
from range($rows) as numbers (m) join happenings on n = m % ($rows * 7 // 10) join pairs using (pair);

insert into main.fct_engagement_status by name
select engagement_id, start_date as observed_on, document_id, status, start_date, end_date, date_precision, mention_id
from main.fct_engagement_mentions;

insert into main.fct_engagement_parties
select engagement_id, party_a, 'host' from happenings join pairs using (pair)
union all
select engagement_id, party_b, 'visitor' from happenings join pairs using (pair);

insert into main.fct_engagement_people by name
select engagement_id, 'p' || dice(n, 14 + side, $rows // 50) as person_id, 'foreign_minister' as office,
  if(side = 0, party_a, party_b) as party_code, 'participant' as role
from happenings join pairs using (pair), range(2) as sides (side);

insert into main.fct_agreements by name
select
  'a' || n as agreement_id, 'memorandum' as agreement_type, 'signed' as status, 'Memorandum number ' || n as title, 1 as instrument_count,
  start_date, start_date as end_date, 'day' as date_precision, engagement_id, 1 as document_count, 1 as publisher_count,
  start_date as first_reported_on, start_date as last_reported_on, false as has_conflict
from happenings where engagement_type = 'signing';

insert into main.fct_agreement_parties
select 'a' || n, unnest([party_a, party_b]) from happenings join pairs using (pair) where engagement_type = 'signing';

insert into main.fct_agreement_mentions by name
select
  'n' || n as mention_id, 'a' || n as agreement_id, 'd' || dice(n, 16, $rows // 5) as document_id, 'memorandum' as agreement_type,
  'signed' as status, 'Memorandum number ' || n as title, 1 as instrument_count, start_date, start_date as end_date,
  'day' as date_precision, 'explicit' as date_method, engagement_id, 0.9 as confidence,
  'made' as rule_id, 'Words that say it' as evidence_text, 0 as evidence_start,
  17 as evidence_end
from happenings where engagement_type = 'signing';

insert into main.fct_trade_claims by name
select
  'c' || n as claim_id, 'g' || n // 3 as claim_group_id, 'd' || dice(n, 17, $rows // 5) as document_id,
  (['total', 'exports', 'imports'])[dice(n, 18, 3) + 1] as flow,
  (['actual', 'actual', 'actual', 'target'])[dice(n, 19, 4) + 1] as claim_type,
  party_a as reporter_code, party_b as partner_code, 1e6 * (1 + dice(n, 20, 9000)) as amount, 'exact' as qualifier, 'USD' as currency,
  amount as amount_usd, 1 as usd_rate, 'identity' as usd_rate_method, make_date(2010 + dice(n, 21, 16), 1, 1) as period_start,
  make_date(year(period_start), 12, 31) as period_end, 'year' as period_precision, year(period_start)::varchar as period_text,
  if(dice(n, 22, 50) = 0, 1 + dice(n, 23, 9), null) as rank, if(rank is null, null, 'trading partners') as rank_scope,
  0.8 as confidence, 'made' as rule_id, 'Words that say it' as evidence_text, 0 as evidence_start, 17 as evidence_end
from range($rows) as numbers (n) join pairs on pair = dice(n, 24, (select pairs from sizes));

insert into main.fct_cooperation_topics by name
select distinct on (document_id, party_a, party_b, topic)
  'd' || dice(n, 25, $rows // 5) as document_id, party_a, party_b,
  (['trade', 'energy', 'education', 'tourism'])[dice(n, 26, 4) + 1] as topic, engagement_id,
  'made' as rule_id, 'Words that say it' as evidence_text, 0 as evidence_start, 17 as evidence_end
from happenings join pairs using (pair);

insert into main.fct_person_mentions by name
select distinct on (document_id, person_id)
  'd' || dice(n, 27, $rows // 5) as document_id, 'p' || dice(n, 28, $rows // 50) as person_id, 'Person Number' as name_text,
  'foreign_minister' as office, false as is_former, 'Person Number' as evidence_text, 0 as evidence_start, 13 as evidence_end
from range($rows) as numbers (n);
"""


def make_register(con: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Fill an empty warehouse with a register of ``rows`` trade claims and ``rows`` mentions of happenings."""
    for name in REFERENCE_TABLES:
        write_reference(con, name)
    for statement in _MADE.split(";\n"):
        if statement.strip():
            con.execute(statement.replace("$rows", str(rows)))
    write_aggregates(con)


def main() -> None:
    """Print how long each view takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="trade claims, and mentions of happenings")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        settings = current_settings({"CHANCERY_WAREHOUSE": str(Path(name, "w.duckdb"))})
        with open_warehouse(settings) as warehouse:
            measure(warehouse.con, options.rows)


def measure(con: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Print how long each view takes on a register of ``rows``."""
    began = time.perf_counter()
    make_register(con, rows)
    print(f"{rows:,} claims and as many mentions, made in {time.perf_counter() - began:.0f} s")
    for view in views():
        make_view(con, view)
        look = _seconds(con, f"from {view.address} limit 50")
        whole = _seconds(con, f"select count(columns(*)) from {view.address}")
        ((count,),) = con.execute(f"select count(*) from {view.address}").fetchall()
        print(f"{view.address:34} first rows {look:6.2f} s   all {whole:6.2f} s   {count:>10,} rows", flush=True)


def _seconds(con: duckdb.DuckDBPyConnection, query: str) -> float:
    began = time.perf_counter()
    con.execute(query).fetchall()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
