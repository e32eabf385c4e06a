-- Every promise as it stands, without the words: two sections of the briefing read it, and it takes longest of all. One row per promise.
select * exclude (parties, evidence_text, title, publishers, url, outcome_evidence_text, outcome_title, outcome_publishers, outcome_url)
from engagement.follow_through
