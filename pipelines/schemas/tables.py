"""Every table of the warehouse as a pandera schema over the columns of ``columns.py``.

A table is its grain, its key and a list of column names; ``!`` marks a column that is never null. Checks over a whole row stand here
too. Nothing that reads or writes belongs here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipelines.extraction.lexicon import settings
from pipelines.schemas.columns import COLUMNS, Column

if TYPE_CHECKING:
    import pandera.pandas as pa

PANDAS_TYPES = {
    "VARCHAR": "str",
    "DATE": "datetime64[us]",
    "TIMESTAMP": "datetime64[us]",
    "BIGINT": "Int64",
    "UBIGINT": "uint64",
    "DOUBLE": "Float64",
    "BOOLEAN": "boolean",
    "VARCHAR[]": "object",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table's place (``schema``), meaning, key and columns. ``required`` are never null; ``checks`` hold for every row."""

    name: str
    schema: str
    description: str
    columns: tuple[str, ...]
    required: frozenset[str]
    key: tuple[str, ...]
    checks: tuple[str, ...]

    @property
    def address(self) -> str:
        """Return the qualified name that SQL uses."""
        return f"{self.schema}.{self.name}"


# Checks over a whole row, by name; each gives a boolean series, true for a good row.
ROW_CHECKS = {
    "interval_in_order": lambda row: row["start_date"].isna() | (row["start_date"] <= row["end_date"]),
    "interval_whole_or_absent": lambda row: row["start_date"].isna() == row["end_date"].isna(),
    "unknown_precision_without_date": lambda row: row["start_date"].isna() == (row["date_precision"] == "unknown"),
    "status_of_engagement": lambda row: row["status"].isin(settings("codes")["engagement_statuses"]),
    "status_of_agreement": lambda row: row["status"].isin(settings("codes")["agreement_statuses"]),
    "evidence_not_empty": lambda row: row["evidence_end"] > row["evidence_start"],
    "period_in_order": lambda row: row["period_start"].isna() | row["period_end"].isna() | (row["period_start"] <= row["period_end"]),
    "range_in_order": lambda row: row["amount_high"].isna() | (row["amount"] <= row["amount_high"]),
    "currency_with_amount": lambda row: row["currency"].isna() | row["amount"].notna(),
    "claims_something": lambda row: row[["amount", "change_pct", "trend", "rank"]].notna().any(axis=1),
}

_EVIDENCE = "evidence_text! evidence_start! evidence_end!"
_INTERVAL = "start_date end_date date_precision! date_text date_method!"
_DATED = ("interval_in_order", "interval_whole_or_absent", "unknown_precision_without_date")


def _table(address: str, description: str, columns: str, key: str, checks: tuple[str, ...] = ()) -> Table:
    schema, name = address.split(".")
    words = columns.split()
    return Table(
        name=name,
        schema=schema,
        description=description,
        columns=tuple(word.rstrip("!") for word in words),
        required=frozenset(word.rstrip("!") for word in words if word.endswith("!")),
        key=tuple(key.split()),
        checks=checks,
    )


_ALL = (
    _table(
        "main.dim_documents",
        "Every document read, in every version. One row per document version.",
        "document_id! source_path! source_paths! title publisher author url published_on! published_on_method! language word_count! body! "
        "dateline_place dateline_agency ingested_at! extractor_version is_current! duplicate_of",
        "document_id",
    ),
    _table(
        "main.dim_parties",
        "States and organisations. One row per country or organisation.",
        "party_code! party_type! name! region subregion capital currency",
        "party_code",
    ),
    _table(
        "main.dim_people",
        "People of the register, merged across documents and spellings. One row per person.",
        "person_id! name! aliases! party_code office title_text first_seen_on! last_seen_on! document_count!",
        "person_id",
    ),
    _table(
        "main.dim_engagement_types",
        "Kinds of happening, with their codes in the field's ontologies. One row per type.",
        "engagement_type! plover_event plover_mode cameo_code quad_class goldstein description!",
        "engagement_type",
    ),
    _table(
        "main.fct_person_mentions",
        "Who is named in a document, with title and office. One row per document and person.",
        f"document_id! person_id! name_text! title_text office! party_code is_former! {_EVIDENCE}",
        "document_id person_id",
        ("evidence_not_empty",),
    ),
    _table(
        "main.fct_engagement_mentions",
        "What a document says of a happening. One row per document and happening.",
        f"mention_id! engagement_id! document_id! engagement_type! status! {_INTERVAL} place_name place_country latitude longitude "
        f"confidence! rule_id! {_EVIDENCE}",
        "mention_id",
        (*_DATED, "status_of_engagement", "evidence_not_empty"),
    ),
    _table(
        "main.fct_engagements",
        "Happenings, all documents together, at their latest known state. One row per happening.",
        "engagement_id! engagement_type! status! start_date end_date date_precision! place_name place_country level document_count! "
        "publisher_count! first_reported_on! last_reported_on! has_conflict!",
        "engagement_id",
        (*_DATED, "status_of_engagement"),
    ),
    _table(
        "main.fct_engagement_status",
        "How a happening's status moved from document to document. One row per happening, document and status.",
        "engagement_id! observed_on! document_id! status! start_date end_date date_precision! mention_id!",
        "engagement_id mention_id",
        (*_DATED, "status_of_engagement"),
    ),
    _table(
        "main.fct_engagement_parties",
        "Parties in a happening. One row per happening and party.",
        "engagement_id! party_code! role!",
        "engagement_id party_code",
    ),
    _table(
        "main.fct_engagement_people",
        "People in a happening. One row per happening and person.",
        "engagement_id! person_id! office party_code role!",
        "engagement_id person_id",
    ),
    _table(
        "main.fct_agreement_mentions",
        "What a document says of an instrument, or of a counted set of them. One row per document and instrument.",
        f"mention_id! agreement_id! document_id! agreement_type! status! title instrument_count! {_INTERVAL} engagement_id "
        f"confidence! rule_id! {_EVIDENCE}",
        "mention_id",
        (*_DATED, "status_of_agreement", "evidence_not_empty"),
    ),
    _table(
        "main.fct_agreements",
        "Instruments, all documents together, at their latest known state. One row per instrument or counted set.",
        "agreement_id! agreement_type! status! title instrument_count! start_date end_date date_precision! engagement_id document_count! "
        "publisher_count! first_reported_on! last_reported_on! has_conflict!",
        "agreement_id",
        (*_DATED, "status_of_agreement"),
    ),
    _table(
        "main.fct_agreement_parties",
        "Parties to an instrument. One row per instrument and party.",
        "agreement_id! party_code!",
        "agreement_id party_code",
    ),
    _table(
        "main.fct_trade_claims",
        "Figures, ranks and trends of trade, investment and finance, each as one document gives it. One row per document and claim.",
        "claim_id! claim_group_id! document_id! flow! claim_type! reporter_code partner_code amount amount_high qualifier! currency "
        "amount_usd usd_rate usd_rate_on usd_rate_method change_pct trend rank rank_scope commodity period_start period_end "
        f"period_precision period_text speaker_name speaker_person_id confidence! rule_id! {_EVIDENCE}",
        "claim_id",
        ("period_in_order", "range_in_order", "currency_with_amount", "claims_something", "evidence_not_empty"),
    ),
    _table(
        "main.fct_cooperation_topics",
        "Areas that a pair of parties discussed, agreed on or cooperate in. One row per document, pair and topic.",
        f"document_id! party_a! party_b! topic! engagement_id rule_id! {_EVIDENCE}",
        "document_id party_a party_b topic",
        ("evidence_not_empty",),
    ),
    _table(
        "staging.source_files",
        "Ledger of the files in seeds/ as last read: what makes a refresh incremental. One row per file.",
        "source_path! byte_count! modified_at! content_hash!",
        "source_path",
    ),
    _table(
        "staging.file_documents",
        "Which documents a file holds. One row per file and entry.",
        "source_path! member document_id!",
        "",
    ),
    _table(
        "staging.document_addresses",
        "Under which address a document was published, by which versions of one article are found. One row per document that has one.",
        "document_id! address!",
        "document_id",
    ),
    _table(
        "staging.pending_documents",
        "Work still to do: each step deletes its rows in the transaction that does it. One row per document and step.",
        "document_id! step!",
        "document_id step",
    ),
    _table(
        "staging.fingerprints",
        "What tables and views were last made from, so that what is unchanged is not made again. One row per table or view.",
        "table_name! fingerprint!",
        "table_name",
    ),
    _table(
        "staging.document_bands",
        "MinHash signatures of documents, by which near copies are found. One row per document and band.",
        "document_id! band! band_hash!",
        "document_id band",
    ),
    _table(
        "staging.person_mentions",
        "People as the engine read them. One row per document and person.",
        f"document_id! name_text! title_text office! party_code is_former! {_EVIDENCE}",
        "document_id name_text",
        ("evidence_not_empty",),
    ),
    _table(
        "staging.person_forms",
        "Spellings met so far and the person each belongs to, with the reason. One row per spelling, party and office.",
        "name_text! party_code office! name_blocks! person_id! merge_reason merged_with",
        "",
    ),
    _table(
        "staging.name_corrections",
        "Merges and splits of people as the corrections file has them. One row per correction.",
        "correction_kind! names! party_code! reason!",
        "",
    ),
    _table(
        "staging.engagement_mentions",
        "Happenings as the engine read them. One row per document and happening.",
        f"mention_id! document_id! engagement_type! status! {_INTERVAL} place_name place_country latitude longitude confidence! rule_id! "
        f"{_EVIDENCE}",
        "mention_id",
        (*_DATED, "status_of_engagement", "evidence_not_empty"),
    ),
    _table(
        "staging.engagement_mention_parties",
        "Parties of a happening as the engine read them. One row per mention and party.",
        "mention_id! party_code! role!",
        "mention_id party_code",
    ),
    _table(
        "staging.engagement_mention_people",
        "People of a happening as the engine read them. One row per mention and person.",
        "mention_id! name_text!",
        "mention_id name_text",
    ),
    _table(
        "staging.agreement_mentions",
        "Instruments as the engine read them. One row per document and instrument.",
        f"mention_id! document_id! agreement_type! status! title instrument_count! {_INTERVAL} ceremony_mention_id confidence! rule_id! "
        f"{_EVIDENCE}",
        "mention_id",
        (*_DATED, "status_of_agreement", "evidence_not_empty"),
    ),
    _table(
        "staging.agreement_mention_parties",
        "Parties to an instrument as the engine read them. One row per mention and party.",
        "mention_id! party_code!",
        "mention_id party_code",
    ),
    _table(
        "staging.trade_claims",
        "Trade claims as the engine read them. One row per document and claim.",
        "claim_id! document_id! flow! claim_type! reporter_code partner_code amount amount_high qualifier! currency change_pct trend rank "
        "rank_scope commodity period_start period_end period_precision period_text speaker_name speaker_name_text confidence! rule_id! "
        f"{_EVIDENCE}",
        "claim_id",
        ("period_in_order", "range_in_order", "currency_with_amount", "claims_something", "evidence_not_empty"),
    ),
    _table(
        "staging.cooperation_topics",
        "Topics as the engine read them. One row per document, pair and topic.",
        f"document_id! party_a! party_b! topic! mention_id rule_id! {_EVIDENCE}",
        "document_id party_a party_b topic",
        ("evidence_not_empty",),
    ),
    _table(
        "staging.mention_buckets",
        "Where to look for other mentions of a happening or instrument. One row per mention and bucket.",
        "mention_id! bucket!",
        "mention_id bucket",
    ),
    _table(
        "staging.stale_aggregates",
        "Happenings, instruments and series of figures that changed: their aggregates are to be written anew. One row per change.",
        "fact_id!",
        "",
    ),
    _table(
        "main.agg_engagements",
        "What engagement.happenings shows of a happening and takes long to gather. One row per happening.",
        "engagement_id! mention_id! story_count! publishers! party_codes! parties from_codes! to_codes! people!",
        "engagement_id",
    ),
    _table(
        "main.agg_agreements",
        "What engagement.agreements_register shows of an instrument and takes long to gather. One row per instrument.",
        "agreement_id! mention_id! story_count! publishers! party_codes! parties",
        "agreement_id",
    ),
    _table(
        "main.agg_promises",
        "What engagement.follow_through needs of everything told of a promise. One row per promised happening or instrument.",
        "promise_kind! subject_id! promise_mention_id! promised_status! promised_on! first_end latest_mention_id! latest_promise_status! "
        "repeated_on! latest_start latest_end due_precision! news_mention_id news_on last_heard_on!",
        "subject_id",
    ),
    _table(
        "main.agg_best_figures",
        "Which claim of trade.bilateral_trade is the best, and beside how many others. One row per pair, flow, commodity and period.",
        "series! claim_id! year! year_method! figure_count! lowest_usd highest_usd is_official! story_count! last_claimed_on! publishers!",
        "claim_id",
    ),
    _table(
        "main.agg_conflicting_figures",
        "Which claims contradict each other in trade.conflicting_claims. One row per conflict and figure.",
        "series! claim_id! conflict_id! figure_count! lowest! highest! spread_pct measured_in! measure! story_count! is_official! "
        "first_claimed_on! last_claimed_on! publishers! speakers! is_newest! is_most_repeated!",
        "claim_id",
    ),
    _table(
        "main.agg_targets",
        "Which claims name the targets of trade.targets, and how often they are named. One row per target.",
        "series! claim_id! story_count! first_set_on! last_named_on! publishers!",
        "claim_id",
    ),
    _table(
        "ops.refreshes",
        "What each run read, wrote and refused. One row per run.",
        "run_id! started_at! finished_at documents_read! documents_new! documents_rejected! rows_written! rows_rejected! "
        "extractor_version!",
        "run_id",
    ),
    _table(
        "ops.rejected_documents",
        "Files and entries that could not be read, until they can. One row per file and entry.",
        "source_path! member reason_code! reason! rejected_at! run_id!",
        "source_path member",
    ),
    _table(
        "ops.rejected_rows",
        "Rows that failed validation. One row per refused row and failed check.",
        "table_name! document_id column_name check_name! failed_value evidence_text row_json! rejected_at! run_id!",
        "",
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}


def _checks(column: Column) -> list[pa.Check]:
    import pandera.pandas as pa

    checks = []
    if column.values:
        checks.append(pa.Check.isin(column.values))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    return checks


@cache
def schema_of(name: str) -> pa.DataFrameSchema:
    """Return the pandera schema of table ``name``; shared and cached, so not to be changed."""
    import pandera.pandas as pa  # a second of import that a refresh with nothing new does not need

    table = TABLES[name]
    columns = {
        column: pa.Column(
            PANDAS_TYPES[COLUMNS[column].sql_type],
            checks=_checks(COLUMNS[column]),
            nullable=column not in table.required,
            description=COLUMNS[column].description,
            metadata={"unit": COLUMNS[column].unit},
        )
        for column in table.columns
    }
    return pa.DataFrameSchema(
        columns,
        checks=[pa.Check(ROW_CHECKS[check], name=check, error=check) for check in table.checks],
        name=table.name,
        description=table.description,
        strict=True,
        coerce=True,
    )
