"""Every column of the warehouse, once: its name, type, unit, closed list and meaning.

A column means the same in every table that has it. Tables are lists of these names (``tables.py``); DDL, comments, Dagster's column
schemas and the data dictionary are all made from here. Nothing about a particular table belongs here.
"""

from dataclasses import dataclass

from pipelines.extraction.lexicon import settings


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds. ``sql_type`` is DuckDB's; ``values`` a closed list; ``low``/``high`` inclusive bounds."""

    sql_type: str
    description: str
    unit: str | None = None
    values: tuple[str, ...] | None = None
    low: float | None = None
    high: float | None = None


def _text(description: str, values: list[str] | None = None) -> Column:
    return Column("VARCHAR", description, values=tuple(values) if values else None)


def _date(description: str) -> Column:
    return Column("DATE", description)


def _instant(description: str) -> Column:
    return Column("TIMESTAMP", description, unit="UTC")


def _count(description: str, unit: str, low: int = 0) -> Column:
    return Column("BIGINT", description, unit=unit, low=low)


def _number(description: str, unit: str, low: float | None = None, high: float | None = None) -> Column:
    return Column("DOUBLE", description, unit=unit, low=low, high=high)


def _flag(description: str) -> Column:
    return Column("BOOLEAN", description)


def _list(description: str) -> Column:
    return Column("VARCHAR[]", description)


_codes = settings("codes")

COLUMNS: dict[str, Column] = {
    # documents
    "document_id": _text("Hash of the document's text, date and title: the same document has the same id on every machine."),
    "source_path": _text("Path of the file in seeds/ (and the entry within it) that the document came from."),
    "source_paths": _list("Every path that holds this very document."),
    "title": _text("Title as the text gives it, without article."),
    "publisher": _text("Outlet, agency or ministry that published the document."),
    "author": _text("Author's name as the document gives it."),
    "url": _text("Address the document was published at."),
    "published_on": _date("Day of publication, local to the outlet."),
    "published_on_method": _text(
        "What the publication date was taken from.",
        ["header", "front_matter", "json_field", "meta", "feed", "mail_header", "dateline", "published_line", "url", "file_modified"],
    ),
    "language": _text("Language of the text, ISO 639-1; documents not in English are kept but not extracted."),
    "word_count": _count("Length of the text.", "words"),
    "body": _text("The text that was read: headline, blank line, paragraphs. Every offset points into it."),
    "ingested_at": _instant("When the document was first read."),
    "extractor_version": _text("Version of the engine and lexicon that read the document."),
    "is_current": _flag("False once a newer version of the same document was read, or its file was pruned."),
    "duplicate_of": _text("document_id of the original of which this document is a near copy."),
    "dateline_place": _text("Place named in the dateline."),
    "dateline_agency": _text("Agency named in the dateline."),
    # parties
    "party_code": _text("State (ISO 3166-1 alpha-3) or organisation (code of the codebook)."),
    "party_type": _text("Kind of party.", ["country", "organisation"]),
    "name": _text("Common English name."),
    "region": _text("Continental region."),
    "subregion": _text("Region within the continent."),
    "capital": _text("Seat of government."),
    "currency": _text("Currency, ISO 4217."),
    "party_a": _text("Party of the pair that comes first in the alphabet."),
    "party_b": _text("Party of the pair that comes last in the alphabet."),
    # people
    "person_id": _text("Hash of the person's identity across documents."),
    "aliases": _list("Every spelling of the name met so far."),
    "office": _text("Office by the codebook's list.", _codes["offices"]),
    "title_text": _text("Title in the words of the text."),
    "name_text": _text("Fullest name the document gives."),
    "is_former": _flag("True where the text gives the office as a past one."),
    "first_seen_on": _date("Publication date of the first document that names the person."),
    "last_seen_on": _date("Publication date of the latest document that names the person."),
    "document_count": _count("Documents that tell it, copies counted once.", "documents"),
    "publisher_count": _count("Publishers that told it, copies included.", "publishers"),
    # engagements
    "engagement_type": _text("Kind of happening, by the codebook.", _codes["engagement_types"]),
    "plover_event": _text("Event of the PLOVER ontology."),
    "plover_mode": _text("Mode of the PLOVER ontology."),
    "cameo_code": _text("CAMEO code nearest in meaning."),
    "quad_class": _count(
        "CAMEO quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.", "class", 1
    ),
    "goldstein": _number("Goldstein scale of the CAMEO code.", "points", -10, 10),
    "description": _text("Meaning of the type."),
    "mention_id": _text("Hash of the document and the evidence: one mention of a happening or agreement."),
    "engagement_id": _text("The happening across documents."),
    "status": _text("State as of publication.", sorted({*_codes["engagement_statuses"], *_codes["agreement_statuses"]})),
    "start_date": _date("First day of the interval the text gives."),
    "end_date": _date("Last day of the interval the text gives."),
    "date_precision": _text("Width of the interval.", _codes["precisions"]),
    "date_text": _text("Words of the text that give the date."),
    "date_method": _text("How the date was reached: explicit, relative, anchored, fiscal, context, publication, none."),
    "place_name": _text("City where it takes place."),
    "place_country": _text("Country where it takes place, ISO 3166-1 alpha-3."),
    "latitude": _number("Latitude of the place.", "degrees", -90, 90),
    "longitude": _number("Longitude of the place.", "degrees", -180, 180),
    "confidence": _number("Share of the slots that the text fills directly.", "share", 0, 1),
    "rule_id": _text("Rule of the engine that gave the row."),
    "evidence_text": _text("Words of the document that say it, verbatim."),
    "evidence_start": _count("Where the evidence starts in body, 0-based.", "code points"),
    "evidence_end": _count("Where the evidence ends in body, exclusive.", "code points"),
    "level": _text("Highest office present.", _codes["offices"]),
    "first_reported_on": _date("Publication date of the first document that tells it."),
    "last_reported_on": _date("Publication date of the latest document that tells it."),
    "has_conflict": _flag("True where documents disagree on date, place or status in a way that time does not explain."),
    "role": _text("Part in the happening.", _codes["party_roles"]),
    "observed_on": _date("Publication date of the document that gives this state."),
    # agreements
    "agreement_id": _text("The instrument across documents."),
    "agreement_type": _text("Kind of instrument, by the codebook.", _codes["agreement_types"]),
    "instrument_count": _count("Instruments the row stands for.", "instruments", 1),
    # trade
    "claim_id": _text("Hash of the document and the evidence: one figure, rank or trend."),
    "claim_group_id": _text("The same figure, repeated, rounded or converted."),
    "flow": _text("What is measured.", _codes["flows"]),
    "claim_type": _text("Whether it is a fact, an aim, a possibility or a forecast.", _codes["claim_types"]),
    "reporter_code": _text("Party the figure belongs to; for total the first of the pair in the alphabet."),
    "partner_code": _text("Other party of the figure; WLD is the world."),
    "amount": _number("Figure, lower bound of a range.", "units of currency"),
    "amount_high": _number("Upper bound of a range.", "units of currency"),
    "qualifier": _text("How exact the figure is.", _codes["qualifiers"]),
    "amount_usd": _number("Figure in US dollars at the rate of its day or period.", "US dollars"),
    "usd_rate": _number("Units of currency for one US dollar.", "units of currency per US dollar", 0),
    "usd_rate_on": _date("Day of the rate; the last day of the period the rate is averaged over."),
    "usd_rate_method": _text("Where the rate comes from: ecb_day, ecb_period_average, peg, identity."),
    "change_pct": _number("Change on the earlier level.", "per cent"),
    "trend": _text("Direction.", _codes["trends"]),
    "rank": _count("Place in a ranking, 1 is the largest.", "place", 1),
    "rank_scope": _text("What the ranking is among, in the words of the text."),
    "commodity": _text("Goods the figure is about, in the words of the text; null for all goods."),
    "period_start": _date("First day the figure is about."),
    "period_end": _date("Last day the figure is about."),
    "period_precision": _text("Width of the period.", _codes["precisions"]),
    "period_text": _text("Words of the text that give the period."),
    "speaker_name": _text("Person or body the figure is attributed to."),
    "speaker_person_id": _text("person_id of the speaker, where it is a person of the register."),
    # topics
    "topic": _text("Area of cooperation, by the codebook.", _codes["topics"]),
    # working tables
    "byte_count": _count("Size of the file.", "bytes"),
    "modified_at": _instant("When the file was last changed."),
    "content_hash": _text("Hash of the file's bytes."),
    "step": _text("What is still to do.", ["extract", "duplicates", "people", "engagements", "agreements", "claims", "topics", "checks"]),
    "fact_id": _text("Key of a happening or an instrument, or a series of figures."),
    "story_count": _count("Stories that tell it, syndicated copies counted once.", "stories"),
    "publishers": _list("Everyone who published it, copies included."),
    "party_codes": _list("Every party, in alphabetical order."),
    "parties": _text("Names of the parties."),
    "from_codes": _list("Parties that act: visitor, donor, mediator, source of a criticism or sanction."),
    "to_codes": _list("Parties acted upon: host, recipient, target."),
    "people": _list("People who take part, by name."),
    "promise_kind": _text("Whether a happening or an instrument was promised.", ["happening", "instrument"]),
    "subject_id": _text("Key of the happening or instrument that was promised."),
    "promise_mention_id": _text("The first mention that promises it."),
    "promised_status": _text("Status when first named."),
    "promised_on": _date("First publication that names it."),
    "first_end": _date("Last day of its date by the first word."),
    "latest_mention_id": _text("The latest mention that promises it."),
    "latest_promise_status": _text("Status by the latest promise."),
    "repeated_on": _date("Publication of the latest promise."),
    "latest_start": _date("First day of its date by the latest promise."),
    "latest_end": _date("Last day of its date by the latest promise."),
    "due_precision": _text("Width of that date.", _codes["precisions"]),
    "news_mention_id": _text("The first mention that says it came about."),
    "news_on": _date("Publication of that news."),
    "last_heard_on": _date("Latest publication that names it."),
    "series": _text("Reporter, partner and flow of a figure: 'IND|LKA|exports'."),
    "year": Column("BIGINT", "Year the period ends in; the year of publication where no period is given."),
    "year_method": _text(
        "What year rests on; published where no period is given.",
        ["calendar_year", "fiscal_year", "part_year", "several_years", "published"],
    ),
    "figure_count": _count("Different figures there are for the same thing.", "figures", 1),
    "lowest_usd": Column("DOUBLE", "Lowest of them.", unit="US dollars"),
    "highest_usd": Column("DOUBLE", "Highest of them.", unit="US dollars"),
    "is_official": _flag("True where it is attributed to a holder of public office or to a named body."),
    "conflict_id": _text("The conflict: the same for all its figures."),
    "lowest": Column("DOUBLE", "Lowest figure of the conflict, in measured_in."),
    "highest": Column("DOUBLE", "Highest figure of the conflict, in measured_in."),
    "spread_pct": _number("How far the highest is above the lowest.", "per cent"),
    "measure": Column("DOUBLE", "The figure in measured_in."),
    "measured_in": _text("Currency of the comparison."),
    "speakers": _list("Everyone it is attributed to."),
    "is_newest": _flag("True where no other figure of the conflict was published later."),
    "is_most_repeated": _flag("True where no other figure of the conflict is told by more stories."),
    "first_claimed_on": _date("First publication that gives it."),
    "last_claimed_on": _date("Latest publication that gives it."),
    "first_set_on": _date("First publication that names the target."),
    "last_named_on": _date("Latest publication that names the target."),
    "fingerprint": _text("Hash of everything that decides what the table or view holds by definition."),
    "address": _text("Address of the document without scheme, anchor and tracking: versions of one article share it."),
    "band": _count("Number of the band in the signature.", "position"),
    "band_hash": Column("BIGINT", "Hash of the band."),
    "ceremony_mention_id": _text("mention_id of the signing the instrument was signed at."),
    "name_blocks": _list("Skeletons of the name's words, under which other spellings are looked for."),
    "merge_reason": _text(
        "Why the spelling belongs to the person: same words, other spelling, fewer names, initials, single name, correction."
    ),
    "correction_kind": _text("What a correction says of spellings.", ["merge", "split"]),
    "names": _list("Spellings that a correction speaks of."),
    "merged_with": _text("Spelling of the person that the reason refers to."),
    "bucket": Column("UBIGINT", "Hash of kind, pair of parties and month: mentions that share no bucket are never compared."),
    "speaker_name_text": _text("name_text of the speaker, where it is a person the document names."),
    # operations
    "run_id": _text("Dagster run."),
    "started_at": _instant("When the run began."),
    "finished_at": _instant("When the run ended."),
    "documents_read": _count("Documents read from files.", "documents"),
    "documents_new": _count("Documents new to the warehouse.", "documents"),
    "documents_rejected": _count("Files or entries that could not be read.", "documents"),
    "rows_written": _count("Rows of facts written.", "rows"),
    "rows_rejected": _count("Rows that failed validation.", "rows"),
    "member": _text("Entry, line or page within the file."),
    "reason_code": _text("Kind of refusal, one short word for each."),
    "reason": _text("What was wrong, what was expected, what to do."),
    "rejected_at": _instant("When it was refused."),
    "table_name": _text("Table the row was meant for."),
    "column_name": _text("Column that failed, null for a check over the whole row."),
    "check_name": _text("Check that failed."),
    "failed_value": _text("Value that failed."),
    "row_json": _text("The whole row as JSON."),
}
