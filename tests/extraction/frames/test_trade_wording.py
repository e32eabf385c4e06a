"""Trade figures under the turns of phrase of news agencies, one sentence or short article each, with the fields the turn decides."""

from datetime import date

import pytest

from pipelines.extraction import annotate
from pipelines.extraction.frames.trade_claims import read_trade_claims

PUBLISHED = date(2025, 9, 15)


def told(text: str, *fields: str, published: date = PUBLISHED) -> list[tuple]:
    """Return ``fields`` of each claim of ``text``; dates as ISO text."""
    claims = read_trade_claims(annotate(text, published))
    return [tuple(str(value) if isinstance(value := getattr(claim, field), date) else value for field in fields) for claim in claims]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (
            "Kenya's trade deficit fell by 4 percent in the first half of 2025 from a year earlier to $5 billion.",
            "2025-01-01",
            "2025-06-30",
        ),
        ("Peru's exports rose 3 percent from the last month to $6 billion.", None, None),
        ("Ghana's gold exports reached $1.2 billion, the highest since March.", None, None),
        ("Oman's exports to India hit $700 million, the most since 2014.", None, None),
        (
            "Chile's trade in the first quarter came to $40 billion, after the country posted record June exports.",
            "2025-01-01",
            "2025-03-31",
        ),
    ],
)
def test_dates_of_comparison_are_no_period(text, start, end):
    assert told(text, "period_start", "period_end") == [(start, end)]


def test_a_change_told_again_with_its_level_is_one_claim():
    text = (
        "Trade between Kenya and Peru more than doubled in the first half of this year, the envoy said. "
        "Trade with Peru more than doubled in the first half of this year, having reached $191.2 million, Kenya's envoy said."
    )
    assert told(text, "amount", "change_pct") == [(191.2e6, 100.0)]


def test_a_clause_that_goes_on_dates_its_own_figure():
    text = (
        "From 1992 to 2014, the yearly trade between Kenya and Peru averaged $1.2 million, and over the past three years this figure has "
        "increased to $9.6 million."
    )
    assert told(text, "amount", "period_start") == [(1.2e6, "1992-01-01"), (9.6e6, "2022-09-15")]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Trade between Nepal and Qatar has been growing and would likely touch $1 billion.", "forecast"),
        ("Trade between Nepal and Qatar is on pace to exceed $1 billion in 2025.", "forecast"),
        ("Trade between Nepal and Qatar rose in May to $1 billion.", "actual"),
        ("“We have set an objective to raise trade with Nepal from $2 billion at present to $4 billion,” Qatar’s minister said.", "target"),
    ],
)
def test_mood_of_a_figure(text, claim):
    assert told(text, "claim_type")[-1] == (claim,)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Japan's exports rose 4 percent while imports grew 9 percent, leaving a trade deficit of 300 billion yen.",
            [("exports", 4.0, None), ("imports", 9.0, None), ("balance", None, -3e11)],
        ),
        (
            "Japan's exports rose 4 percent, resulting in a trade surplus of 300 billion yen, which narrowed by 12 percent.",
            [("exports", 4.0, None), ("balance", -12.0, 3e11)],
        ),
        ("Japan's imports fell 3 percent to 300 billion yen on lower purchases of coal.", [("imports", -3.0, 3e11)]),
        ("Japan's trade gap was revised down to 300 billion yen, originally reported as 310 billion yen.", [("balance", None, -3e11)]),
    ],
)
def test_each_change_stays_with_its_flow(text, claims):
    assert told(text, "flow", "change_pct", "amount") == claims


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Bolivia's exports rose up to $9 billion.", "exact"),
        ("Bolivia's exports were up to $9 billion from $8 billion.", "exact"),
        ("Bolivia's exports may be worth up to $9 billion.", "up_to"),
    ],
)
def test_a_rise_up_to_a_level_bounds_nothing(text, qualifier):
    assert told(text, "qualifier")[0] == (qualifier,)


def test_partners_of_one_country_are_no_pair_of_each_other():
    text = "Brazil's trade grew. Trade with Chile stood at $9 billion, and trade with Peru was up by 4 percent."
    assert told(text, "reporter_code", "partner_code") == [("BRA", "CHL"), ("BRA", "PER")]


def test_the_next_in_a_list_is_told_with_its_own_partner():
    text = "Spain is the largest investor in Morocco, with $9 billion of direct investment. It is followed by Qatar, with $4 billion."
    assert told(text, "reporter_code", "partner_code", "amount") == [("MAR", "ESP", 9e9), ("MAR", "QAT", 4e9)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The World Bank has approved $40 million to help Togo.", [("TGO", "WB", 4e7, "actual")]),
        ("To lift rural yields, the World Bank has approved $40 million to help Togo.", [("TGO", "WB", 4e7, "actual")]),
        ("The World Bank approved $40 million to support roads and clinics in Togo.", [("TGO", "WB", 4e7, "actual")]),
        (
            "The African Development Bank approved a $30 million grant for Togo. The World Bank has pledged up to $40 million.",
            [("TGO", "AFDB", 3e7, "actual"), ("TGO", "WB", 4e7, "target")],
        ),
        (
            "The African Development Bank approved a $30 million grant for Togo. It comes on top of a $9 million loan from the bank.",
            [("TGO", "AFDB", 3e7, "actual"), ("TGO", "AFDB", 9e6, "actual")],
        ),
        (
            "Togo's economy shrank. An IMF team will visit Togo in May to review the $175 million credit facility in place since March.",
            [("TGO", "IMF", 1.75e8, "actual")],
        ),
        ("The World Bank approved $40 billion for developing countries.", []),
        ("Togo's debts to Chinese firms total $300 million.", [("TGO", "CHN", 3e8, "actual")]),
        (
            "Finance Minister of Togo Sani Yaya and World Bank Vice President Ana Ruiz signed two loan agreements totalling $300 million.",
            [("TGO", "WB", 3e8, "actual")],
        ),
    ],
)
def test_financing_told_aside(text, claims):
    assert told(text, "reporter_code", "partner_code", "amount", "claim_type") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Chile is Peru's top trading partner. Brazil came in second place with $9 billion, and Spain was in third place ($4 billion).",
            [("PER", "CHL", 1, None), ("PER", "BRA", 2, 9e9), ("PER", "ESP", 3, 4e9)],
        ),
        (
            "Chinese investment in Peru reached $9 billion. In second place was Spain, with $4 billion of investments.",
            [("PER", "CHN", None, 9e9), ("PER", "ESP", 2, 4e9)],
        ),
        ("In second place was Spain, with $4 billion of investments.", []),
        (
            "Peru's exports to Africa rose 4%. Ghana was the biggest buyer, taking goods worth $3 billion, followed by Kenya ($1 billion).",
            [("PER", "GHA", 1, 3e9), ("PER", "KEN", 2, 1e9)],
        ),
        ("Ghana is Peru's ninth largest client.", [("PER", "GHA", 9, None)]),
        (
            "Peruvian trade, worth $90 billion, also included Ghana ($3 billion) and Kenya ($1 billion).",
            [("PER", "WLD", None, 9e10), ("GHA", "PER", None, 3e9), ("KEN", "PER", None, 1e9)],
        ),
    ],
)
def test_partners_told_by_their_place(text, claims):
    assert told(text, "reporter_code", "partner_code", "rank", "amount") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Qatari investment in Chad fell to $9 million. Kuwaiti investments rose to $50 million, while Oman's to $35 million.",
            [("TCD", "QAT", 9e6), ("TCD", "KWT", 5e7), ("TCD", "OMN", 3.5e7)],
        ),
        ("Qatar's foreign direct investment (FDI) in Chad rose to $4 billion.", [("TCD", "QAT", 4e9)]),
        (
            "Qatari investment in Chad was $20 billion. Both countries aim to increase the investment to $35 billion.",
            [("TCD", "QAT", 2e10), ("TCD", "QAT", 3.5e10)],
        ),
        (
            "Qatari investment in Chad was $2 billion. Total foreign investment inflows rose to $5 billion.",
            [("TCD", "QAT", 2e9), ("TCD", "WLD", 5e9)],
        ),
    ],
)
def test_investment_goes_on_with_its_country(text, claims):
    assert told(text, "reporter_code", "partner_code", "amount") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Trade with the five Baltic countries grew. China imported fish worth 4 billion yuan from the five Baltic countries.", []),
        (
            "Chile sold Mexico goods worth $7 billion and bought $5 billion's worth.",
            [("exports", "CHL", "MEX", 7e9, None), ("imports", "CHL", "MEX", 5e9, None)],
        ),
        (
            "Mexico is now the second-largest market for Chilean pork. Pork shipments there tripled in January-July.",
            [("exports", "CHL", "MEX", None, None), ("exports", "CHL", "MEX", None, 200.0)],
        ),
        ("Chile's exports rose, while the share of friendly countries in Chilean exports increased from 42% to 65%.", []),
        ("China's trade stood at 75 billion yuan (about US $10.7 billion).", [("total", "CHN", "WLD", 7.5e10, None)]),
    ],
)
def test_flows_by_context(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount", "change_pct") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Chile should work with Peru to double their trade to $9 billion by 2030.", [("total", "target", 9e9)]),
        ("The president of Chile invited Peruvian firms to raise bilateral trade to $9 billion by 2030.", [("total", "target", 9e9)]),
        ("Peru's ministry projects trade with Chile at around $9 billion.", [("total", "forecast", 9e9)]),
        ("Peru's exports rose more than expected to $9 billion.", [("exports", "actual", 9e9)]),
    ],
)
def test_moods_of_pleas_and_projections(text, claims):
    assert told(text, "flow", "claim_type", "amount") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Trade rose, with Chile importing $3 billion of Peruvian goods and exporting $2 billion of goods to Peru.",
            [("imports", "CHL", "PER", 3e9, None), ("exports", "CHL", "PER", 2e9, None)],
        ),
        (
            "Peru's trade with Chile was $9 billion, while Brazil's figure was just under $8 billion.",
            [("total", "CHL", "PER", 9e9, None), ("total", "BRA", "PER", 8e9, None)],
        ),
        (
            "Chile is Peru's main trading partner for the eighth straight year with a volume of $9 billion.",
            [("total", "PER", "CHL", 9e9, 1)],
        ),
        ("Gambia is the largest supplier of crude oil of Ghana.", [("imports", "GHA", "GMB", None, 1)]),
        ("Ghana overtook Togo to become Peru's fourth largest supplier.", [("imports", "PER", "GHA", None, 4)]),
        ("Ghana hopes to become Peru's fourth largest supplier.", []),
        ("Chile ranked second for Peruvian exports.", [("exports", "PER", "CHL", None, 2)]),
        ("In Chile, where Peruvian exports rose 3 percent to $9 billion, demand grew.", [("exports", "PER", "CHL", 9e9, None)]),
        (
            "Peru's exports to Chile fell to $9 billion while imports were down 12 percent.",
            [("exports", "PER", "CHL", 9e9, None), ("imports", "PER", "CHL", None, None)],
        ),
        ("According to the U.S. Energy Department, Peru's trade with Chile rose to $9 billion.", [("total", "CHL", "PER", 9e9, None)]),
        (
            "Ghana's exports to Togo were $9 million over the level of $7 million in 2020.",
            [("exports", "GHA", "TGO", 9e6, None), ("exports", "GHA", "TGO", 7e6, None)],
        ),
        (
            "Chile is Peru's top trading partner. Brazil came in third with $9 billion.",
            [("total", "PER", "CHL", None, 1), ("total", "PER", "BRA", 9e9, 3)],
        ),
        ("Washington has approved the possible sale of patrol boats worth $900 million to Peru.", [("exports", "USA", "PER", 9e8, None)]),
        (
            "Peru's defence minister signed a deal for the purchase of $900 million in radars from Sweden.",
            [("exports", "SWE", "PER", 9e8, None)],
        ),
    ],
)
def test_sides_by_verb_rank_and_contract(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount", "rank") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Togo earned over $6 billion from exporting cotton to Chad in 2024.", [("exports", "TGO", "TCD", 6e9)]),
        ("Togo spent $1.7 billion on imported goods from Chad.", [("imports", "TGO", "TCD", 1.7e9)]),
        ("Togo's trade deficit excluding electricity imports was $44 million.", [("balance", "TGO", "WLD", -4.4e7)]),
        ("Had it not been for cotton exports worth $13 million, Togo could have run a trade deficit of $44 million.", []),
        (
            "Togo imported goods valued at $67 million, of which around 82 percent ($55 million) was from Ghana.",
            [("imports", "TGO", "WLD", 6.7e7), ("imports", "TGO", "GHA", 5.5e7)],
        ),
        ("Trade grew, with Togo holding a trade deficit with Ghana of $5 million.", [("balance", "TGO", "GHA", -5e6)]),
        (
            "Togo's trade with Ghana grew. The overall imports into the country rose by 23 percent to $53 million.",
            [("imports", "TGO", "WLD", 5.3e7)],
        ),
        ("In Africa alone, China signed loans totalling almost $160 billion by 2020.", []),
        (
            "The IMF said the payment brings disbursements under Togo's programme to about $135 million so far.",
            [("financing", "TGO", "IMF", 1.35e8)],
        ),
        (
            "The Japanese government gave Togo an additional $63 million (6.6 billion yen) grants-in-aid.",
            [("financing", "TGO", "JPN", 6.3e7)],
        ),
        (
            "Ghana is Togo's top export market. Mali was the runner-up with an export turnover of $18 million.",
            [("exports", "TGO", "GHA", None), ("exports", "TGO", "MLI", 1.8e7)],
        ),
        ("Ghana was the largest importer of Togolese handbags.", [("exports", "TGO", "GHA", None)]),
    ],
)
def test_flows_told_in_other_words(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Togo's exports to Ghana were $9 million during July-June (2020-21) against $8 million during July-June (2019-20).",
            [(9e6, "2020-07-01", "2021-06-30"), (8e6, "2019-07-01", "2020-06-30")],
        ),
        (
            "Togo's exports to Ghana rose by 31 percent during June 2025 as compared to the exports of $6 million in May 2025.",
            [(None, "2025-06-01", "2025-06-30"), (6e6, "2025-05-01", "2025-05-31")],
        ),
        (
            "Togo's exports to Ghana during June 2025 rose by 31 percent, from $2 million last year to $3 million.",
            [(2e6, "2024-06-01", "2024-06-30"), (3e6, "2025-06-01", "2025-06-30")],
        ),
        (
            "Togo's exports to Ghana crashed from $9 million in 2014 to $2 million last year.",
            [(9e6, "2014-01-01", "2014-12-31"), (2e6, "2024-01-01", "2024-12-31")],
        ),
    ],
)
def test_periods_of_levels_compared(text, claims):
    assert told(text, "amount", "period_start", "period_end") == claims


def test_change_of_volume_is_not_that_of_value():
    text = "US pork exports to Mexico reached 95,345 tonnes in July, up 3% from a year ago, valued at $214 million, up 10%."
    assert told(text, "amount", "change_pct") == [(None, 3.0), (2.14e8, 10.0)]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("We face the task of increasing trade between Peru and Chile to $10 billion.", "target"),
        ("Chilean investment in Peru will exceed $20 billion.", "forecast"),
        ("Chile will lend Peru $20 million.", "target"),
    ],
)
def test_aims_and_expectations(text, claim):
    assert told(text, "claim_type") == [(claim,)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Thailand's first quarter imports grew 19 pct to 70 billion baht, compared with a nine pct decline to 59 billion a year ago.",
            [(7e10, "2025-01-01")],
        ),
        (
            "Thailand's exports in February rose 2 pct to 24 billion baht from January's 23 billion baht.",
            [(2.4e10, "2025-02-01"), (2.3e10, "2025-01-01")],
        ),
        (
            "Thailand's exports hit 24 billion baht in May, 42 pct over the 16 billion baht recorded in May 2024.",
            [(2.4e10, "2025-05-01"), (1.6e10, "2024-05-01")],
        ),
        (
            "Thai exports to Laos fell to 9 billion baht in May while imports were down 12 percent.",
            [(9e9, "2025-05-01"), (None, "2025-05-01")],
        ),
    ],
)
def test_level_keeps_its_own_period(text, claims):
    found = told(text, "amount", "period_start")
    assert [claim for claim in found if claim in claims] == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Washington threatened tariffs worth up to $300 million on Japanese electronics exports to the U.S.", []),
        ("Payments on Peru's $8 billion foreign debt are limited to $947 million this year.", [(8e9, "PER")]),
        (
            "Peru's deficit with African countries fell to $9 billion. Imports rose to $80 billion.",
            [],
        ),
        (
            "Taiwan's trade surplus is expected to grow to $18 billion, and Korea's to increase to $6 billion.",
            [(1.8e10, "WLD"), (6e9, "WLD")],
        ),
    ],
)
def test_figures_of_others_are_left(text, claims):
    found = told(text, "amount", "partner_code", "reporter_code")
    assert [(amount, reporter if reporter == "PER" and amount == 8e9 else partner) for amount, partner, reporter in found] == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Korea's ministry said sales to Chile and to Peru grew. Exports to Chile rose to $11 billion, exports to Peru to $10 billion.",
            [("exports", "KOR", "CHL", 1.1e10), ("exports", "KOR", "PER", 1e10)],
        ),
        (
            "Korea's exports to Chile were $9 billion in May compared to $8 billion to Peru.",
            [("exports", "KOR", "CHL", 9e9), ("exports", "KOR", "PER", 8e9)],
        ),
        ("Togo's trade with its neighbors rose to $2 billion. Ghana is one of them.", []),
        ("The EU supports Togo. “We disburse an additional €9 million today,” the official said.", []),
        ("The EU announced the disbursement of €9 million in aid to Togo.", [("financing", "TGO", "EU", 9e6)]),
    ],
)
def test_whose_figures_they_are(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount") == claims


def test_the_level_that_a_rise_is_told_from():
    text = "Togo's exports to Ghana rose by 21% in May compared to the same month last year, which amounted to $3 million."
    assert told(text, "amount", "change_pct", "period_start") == [(None, 21.0, "2025-05-01"), (3e6, None, "2024-05-01")]


def test_a_ranked_buyer_heads_a_list_of_buyers():
    text = (
        "Togo ranked first in Africa by value of imports from Ghana with $9 million, followed by Mali ($5 million) and Benin ($4 million)."
    )
    found = told(text, "flow", "reporter_code", "partner_code", "amount")
    assert [claim for claim in found if claim[3]] == [
        ("imports", "TGO", "GHA", 9e6),
        ("imports", "MLI", "GHA", 5e6),
        ("imports", "BEN", "GHA", 4e6),
    ]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Kosovo's exports to Italy were worth 74 million euros, 44 million euros to Albania and 26 million euros to Malta.",
            [("exports", "XKX", "ITA", 7.4e7), ("exports", "XKX", "ALB", 4.4e7), ("exports", "XKX", "MLT", 2.6e7)],
        ),
        ("Peru's imports from the rest of the world were $49 billion.", [("imports", "PER", "WLD", 4.9e10)]),
        ("Spain is one of Chad's largest trading partners with trade of over $9 million last year.", [("total", "ESP", "TCD", 9e6)]),
        (
            "Trade between Chad and Spain is about $4 million and its king is looking to double that.",
            [("total", "ESP", "TCD", 4e6), ("total", "ESP", "TCD", None)],
        ),
        ("Chad has received more than $580 million from Spain over the years.", [("financing", "TCD", "ESP", 5.8e8)]),
        ("FDI received from Spain stood at $36 million in Chad.", [("investment", "TCD", "ESP", 3.6e7)]),
        ("Chad aims to increase its export values to $18 million by 2030.", [("exports", "TCD", "WLD", 1.8e7)]),
        ("Chad had a 1.8 billion Euros trade deficit.", [("balance", "TCD", "WLD", -1.8e9)]),
    ],
)
def test_partners_of_each_figure(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount") == claims


def test_levels_in_brackets_are_those_of_their_partner():
    text = (
        "Peru saw bigger deficits with Italy (up 95.8% to $13.9 billion), Spain (up 3% to $6.8 billion) and Chad (down 9% to $2 billion)."
    )
    assert told(text, "reporter_code", "partner_code", "amount", "change_pct") == [
        ("PER", "ITA", -1.39e10, 95.8),
        ("PER", "ESP", -6.8e9, 3.0),
        ("PER", "TCD", -2.0e9, -9.0),
    ]


def test_percentages_in_brackets_are_those_of_their_partner():
    text = "Peru's exports increased to Italy (9 percent), Spain (7 percent) and Malta (13 percent), but decreased to Chad (18 percent)."
    assert told(text, "partner_code", "change_pct") == [("ITA", 9.0), ("ESP", 7.0), ("MLT", 13.0), ("TCD", -18.0)]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Chad's exports to Peru were down $20 million (15 percent) from May 2023, to $120 million.", (1.2e8, -15.0, "down", None)),
        ("Chad's exports to Peru grew by $30 million or about 22% to $166 million.", (1.66e8, 22.0, "up", None)),
        ("Chad's exports to Peru grew the most, by $30 million, or 22%.", (None, 22.0, "up", None)),
    ],
)
def test_a_change_told_in_money_and_in_percent(text, claim):
    """The money is the difference, no level, and the month it is measured from is not the figure's."""
    assert told(text, "amount", "change_pct", "trend", "period_start") == [claim]


RELEASE = (
    "Dairy lifts exports\n\nGoods exports rose $60 million (10 percent) to $660 million in the June 2025 month, Stats NZ said today.\n\n"
    "Butter did well.\n\nImports were $650 million.\n\n• Chad, our largest market: exports up 10 percent to $140 million; "
    "imports up 20 percent to $15 million.\n• Peru: exports of $53 million, compared with $39 million in June 2024.\n\n"
    "Butter is made of cream.\n\nIn the year ended June 2025, the trade deficit was $4.4 billion, against $9.4 billion a year earlier. "
    "Annual exports to Peru reached $920 million."
)


def test_a_release_of_statistics_is_of_its_country_month_and_money():
    """Whose figures they are the office tells, which partner the line of a list, and the month of the lead holds until another is named."""
    claims = read_trade_claims(annotate(RELEASE, date(2025, 7, 22)))
    assert {(claim.reporter_code, claim.currency) for claim in claims} == {("NZL", "NZD")}
    assert [(claim.flow, claim.partner_code, claim.amount, str(claim.period_start)) for claim in claims] == [
        ("exports", "WLD", 6.6e8, "2025-06-01"),
        ("imports", "WLD", 6.5e8, "2025-06-01"),
        ("exports", "TCD", 1.4e8, "2025-06-01"),
        ("imports", "TCD", 1.5e7, "2025-06-01"),
        ("exports", "PER", 5.3e7, "2025-06-01"),
        ("exports", "PER", 3.9e7, "2024-06-01"),
        ("balance", "WLD", -4.4e9, "2024-07-01"),
        ("balance", "WLD", -9.4e9, "2023-07-01"),
        ("exports", "PER", 9.2e8, "2024-07-01"),
    ]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Chad's exports fell 8 percent to $200 million, with Italy the top destination.", ("exports", "TCD", "ITA", 1)),
        ("Spanish firms invested $50 million in Chad, making Spain the top investor in the country.", ("investment", "TCD", "ESP", 1)),
        ("Peru was the top exporter to Chad in 2023.", ("imports", "TCD", "PER", 1)),
    ],
)
def test_rank_told_beside_a_figure(text, rank):
    assert rank in told(text, "flow", "reporter_code", "partner_code", "rank")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Trade between Peru and Chile reached $90 million. Peruvian exports amounted to $30 million.",
            [("total", "CHL", "PER", None), ("exports", "PER", "CHL", None)],
        ),
        (
            "Trade between Peru and Chile reached $90 million. Peruvian exports rose to $60 billion.",
            [("total", "CHL", "PER", None), ("exports", "PER", "WLD", None)],
        ),
        (
            "Norway’s customs said exports to Peru had shrunk by 30 percent in May due to pressure from Chile.",
            [("exports", "NOR", "PER", -30.0)],
        ),
        (
            "Chad was Malta’s top trade partner with trade of $4 million. Spain was third with turnover surpassing $1 million, up by 3%.",
            [("total", "MLT", "TCD", None), ("total", "MLT", "ESP", 3.0)],
        ),
    ],
)
def test_whose_figure_goes_on(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "change_pct") == claims


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Oman's exports to India hit $700 million, the highest figure since at least 2014.", None),
        ("Peru’s exports to sub-Saharan Africa rose 4% in 2024 to $12 million.\n\nSales to Mali doubled to $1 million.", "2024"),
    ],
)
def test_period_of_a_flow_with_many_states_stays(text, period):
    assert told(text, "period_text") == [(period,)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Chad and Africa should double bilateral trade from $8 million. Spain could sell tea to Chad.", []),
        ("Chad-Virginia trade stood at $1.6 million in 2019.", []),
        ("The Ethiopian Electric Utility (EEU) has secured a loan worth $5 million from Spain.", []),
        ("The U.S. deficit in international trade of goods fell to $6.2 billion.", [("balance", "USA", "WLD", -6.2e9)]),
        (
            "Chad's imports rose to $3 million.\n\nGaps with others were mixed.\n\nThe shortfall with Spain expanded to $1.5 million.",
            [("imports", "TCD", "WLD", 3e6), ("balance", "TCD", "ESP", -1.5e6)],
        ),
        (
            "Spain was Chad's top trading partner. Malta and Italy followed second and third, with trade of $2 million and $1 million.",
            [("total", "TCD", "ESP", None), ("total", "TCD", "MLT", 2e6), ("total", "TCD", "ITA", 1e6)],
        ),
        (
            "Chad's most important trading partners were Malta and Italy, with trade at $2 million and $1 million, respectively.",
            [("total", "MLT", "TCD", 2e6), ("total", "ITA", "TCD", 1e6)],
        ),
    ],
)
def test_pairs_that_are_not_there(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount") == claims


@pytest.mark.parametrize(
    "text",
    [
        "Peru’s imports, which had hit a record high in February, fell to $157 million.",
        "Peru’s trade deficit fell to $49 million, a 15 per cent drop from February.",
    ],
)
def test_dates_told_aside_are_no_period(text):
    assert told(text, "period_start") == [(None,)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Chad and Mali agreed to raise the current $5 million in bilateral trade to $8 million next year.",
            [("total", "actual", 5e6), ("total", "target", 8e6)],
        ),
        (
            "“We’ll try to raise trade with Mali from the present $5 million to $8 million,” Chad’s minister said.",
            [("total", "actual", 5e6), ("total", "target", 8e6)],
        ),
        ("Chad’s farmers lost out on more than $6 million in export revenue.", []),
        (
            "Trade between Chad and Mali hit $4 million, of which $2 million were Malian exports.",
            [("total", "actual", 4e6), ("exports", "actual", 2e6)],
        ),
        ("The U.S. reached accords with Chad to reduce its shipments to America by about 30 pct in 1985.", []),
        (
            "Chad’s foreign trade reached $7 million. It should be noted that receipts from gold went up to $5 million.",
            [("total", "actual", 7e6)],
        ),
    ],
)
def test_what_a_sum_is(text, claims):
    assert told(text, "flow", "claim_type", "amount") == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Chad’s border trade rose to $6 million. Mali sent envoys.", []),
        ("Chad’s trade surplus jumped 66 percent in May on shipments to Mali.", [("balance", "TCD", "WLD", None)]),
        (
            "With the European Union, Chad had a trade deficit of $6 million. Exports to the bloc rose to $4 million. Mali watched Chad.",
            [("balance", "TCD", "EU", -6e6), ("exports", "TCD", "EU", 4e6)],
        ),
        ("With other African countries including Mali, Chad logged a trade surplus of $3 million.", []),
        ("Chad’s Mali-bound cotton exports dropped 7 percent in May.", [("exports", "TCD", "MLI", None)]),
        (
            "Chad’s exports to Mali edged 1 percent lower in May, while imports fell 2 percent.",
            [("exports", "TCD", "MLI", None), ("imports", "TCD", "MLI", None)],
        ),
    ],
)
def test_partners_beside_a_flow(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount") == claims


def test_goal_set_in_the_past_is_a_target():
    text = "Chad and Mali in March 2024 set the goal in a short time to bring trade turnover to $5 million."
    assert told(text, "claim_type", "period_start") == [("target", None)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Exports of Chad to Mali fell 3 percent in May, and those to Peru rose 5 percent.",
            [("exports", "TCD", "MLI"), ("exports", "TCD", "PER")],
        ),
        ("Malian imports to Chad were worth $5 million.", [("imports", "TCD", "MLI")]),
        (
            "Chad’s exports to Mali rose to $3 million.\n\nIn 2024, exports of Chad goods reached $9 million.",
            [("exports", "TCD", "MLI"), ("exports", "TCD", "WLD")],
        ),
    ],
)
def test_other_partner_of_the_same_flow(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code") == claims


def test_level_compared_in_brackets_is_an_earlier_one():
    text = "Chad’s exports in May 2025 amounted to $33 million, compared to the same month of 2024 ($23 million)."
    assert told(text, "amount", "period_start") == [(3.3e7, "2025-05-01"), (2.3e7, "2024-05-01")]


def test_current_level_told_after_the_one_to_come():
    text = "Trade between Chad and Mali is expected to reach $40 million from the current $14 million."
    assert told(text, "claim_type", "amount") == [("forecast", 4e7), ("actual", 1.4e7)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Goods worth $3 million were traded between Chad and Malta.", [("total", "actual", "TCD", "MLT", 3e6)]),
        (
            "Chad sold goods worth $8 million to Malta and bought $2 million worth of goods in return.",
            [("exports", "actual", "TCD", "MLT", 8e6), ("imports", "actual", "TCD", "MLT", 2e6)],
        ),
        (
            "Trade between Chad and Malta rose by 10%. It grew by a further 20% to $3 million.",
            [("total", "actual", "TCD", "MLT", None), ("total", "actual", "TCD", "MLT", 3e6)],
        ),
        (
            "Chad's exports reached $6 million. Total trade came to $9 million.",
            [("exports", "actual", "TCD", "WLD", 6e6), ("total", "actual", "TCD", "WLD", 9e6)],
        ),
        (
            "Chad's exports to Malta reached $6 million. Total trade came to $9 million.",
            [("exports", "actual", "TCD", "MLT", 6e6), ("total", "actual", "MLT", "TCD", 9e6)],
        ),
        (
            'Chad\'s exports reached $6 million. "Our target is $8 million a year by 2030," its minister said.',
            [("exports", "actual", "TCD", "WLD", 6e6), ("exports", "target", "TCD", "WLD", 8e6)],
        ),
        ("The pact could see Maltese exports to Chad growing by up to $4 million.", [("exports", "potential", "MLT", "TCD", 4e6)]),
        ("Chad's exports to Malta grew by $4 million.", []),
        ("Chad and Malta agreed to triple bilateral trade within five years.", [("total", "target", "MLT", "TCD", None)]),
    ],
)
def test_figures_told_in_turn(text, claims):
    found = told(text, "flow", "claim_type", "reporter_code", "partner_code", "amount")
    assert [
        (flow, kind, *(sorted(pair) if flow == "total" and "WLD" not in pair else pair), amount) for flow, kind, *pair, amount in found
    ] == [(flow, kind, *(sorted(pair) if flow == "total" and "WLD" not in pair else pair), amount) for flow, kind, *pair, amount in claims]


def test_several_goods_are_one_commodity():
    text = (
        "Chad imported maize, sugar and timber from Malta worth $3 million last year, and Malta exported coffee worth $5 million to Peru."
    )
    assert told(text, "commodity") == [("maize, sugar and timber",), ("coffee",)]


def test_percentages_in_brackets_of_parts_of_the_world_are_nobodys():
    text = "Exports from Peru dropped to Europe (-18.3%) and Chad (-3.2%) but rose to Malta (12.5%)."
    assert told(text, "partner_code", "change_pct") == [("TCD", -3.2), ("MLT", 12.5)]


def test_whose_markets_are_ranked_is_no_scope():
    assert told("Chad ranks only 12th among Malta's export markets.", "reporter_code", "partner_code", "rank", "rank_scope") == [
        ("MLT", "TCD", 12, None)
    ]


def test_a_rank_beside_a_gift_turns_no_sides():
    text = "Spain gave Chad almost $200 million over three years, making it by far the country's largest lender."
    assert told(text, "reporter_code", "partner_code", "amount") == [("TCD", "ESP", 2e8)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Malta's exports to the world's largest economy fell 8 percent.", [("exports", "MLT", "USA", None)]),
        ("Chad met Malta. Chad's exports to the kingdom reached $9 million.", [("exports", "TCD", "MLT", 9e6)]),
        ("Chad's exports to the kingdom reached $9 million.", []),
        ("The two states, Chad and Malta, exchanged goods for some $9 million.", [("total", "MLT", "TCD", 9e6)]),
        ("Chad was lent $9 million by Spain.", [("financing", "TCD", "ESP", 9e6)]),
        ("Trade between Shanghai and Chad hit $9 million.", []),
        ("Chad's exports to Valletta hit $9 million.", [("exports", "TCD", "MLT", 9e6)]),
        (
            "Chad exports salt and dates to Malta worth $9 million annually and imports fish worth $2 million.",
            [("exports", "TCD", "MLT", 9e6), ("imports", "TCD", "MLT", 2e6)],
        ),
        ("Malta ranks as Chad's fifth-biggest supplier, shipping goods worth $2 million.", [("imports", "TCD", "MLT", 2e6)]),
        ("Chad owed the Export-Import Bank of China $9 million.", [("financing", "TCD", "CHN", 9e6)]),
        ("Spain handed over equipment worth $9 million to Chad.", [("financing", "TCD", "ESP", 9e6)]),
        ("Chad received equipment worth $9 million from Spain.", [("financing", "TCD", "ESP", 9e6)]),
        (
            "Chad's trade with Spain came to $9 million. Trade with Malta was $2 million.",
            [("total", "ESP", "TCD", 9e6), ("total", "MLT", "TCD", 2e6)],
        ),
    ],
)
def test_sides_told_in_other_words(text, claims):
    assert told(text, "flow", "reporter_code", "partner_code", "amount") == claims


def test_months_counted_from_the_first_are_the_period():
    text = "Trade between Chad and Malta amounted to $8 million over 11 months of 2024."
    assert told(text, "period_start", "period_end") == [("2024-01-01", "2024-11-30")]


def test_goods_that_are_weighed():
    assert told("Chad exported 2,000 tonnes of copra worth $3 million to Malta.", "commodity") == [("copra",)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Spain will invest more than $US9 million ($13 million) in Maltese projects.", [("investment", "target", "MLT", "ESP", 9e6)]),
        ("Spain undertook to promote $9 million of investment into Malta.", [("investment", "target", "MLT", "ESP", 9e6)]),
        ("Spain expects exports to grow 5 percent this year.", [("exports", "forecast", "ESP", "WLD", None)]),
        ("Spanish economists now see export growth of 5 percent.", [("exports", "forecast", "ESP", "WLD", None)]),
        ("Spain has paused $9 million in aid to Chad.", [("financing", "potential", "TCD", "ESP", 9e6)]),
        ("Spain froze a $9 million loan to Chad.", [("financing", "potential", "TCD", "ESP", 9e6)]),
        ("Spain sent $9 million in aid to Chad.", [("financing", "actual", "TCD", "ESP", 9e6)]),
        ("Chad hopes trade with Malta will reach $9 million.", [("total", "target", "MLT", "TCD", 9e6)]),
        ("The World Bank forecasts export growth of 5 percent for Spain.", []),
        ("The WTO said world trade would grow by 5 percent, and that Spain and Chad would gain.", []),
        ("Chad's trade deficit will fall by $9 million.", []),
        ("Chad expects its imports to fall by $9 million.", []),
        ("Chad exports salt. Malta is the desert nation's main trading partner.", [("total", "actual", "TCD", "MLT", None)]),
    ],
)
def test_who_does_what_in_figures_ahead(text, claims):
    assert told(text, "flow", "claim_type", "reporter_code", "partner_code", "amount") == claims


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Chad's exports hit $9 million in July. Exports to Malta fell 5 percent.", ["2025-07-01", "2025-07-01"]),
        (
            "Chad's exports hit $9 million in July. Malta was again Chad's largest trading partner in the period.",
            ["2025-07-01", "2025-07-01"],
        ),
        ("Chad's exports hit $9 million in July. Malta is Chad's largest trading partner.", ["2025-07-01", None]),
        ("Spain promised in January to invest $9 million in Chad.", [None]),
    ],
)
def test_periods_in_force_for_changes_and_ranks(text, starts):
    assert [start for (start,) in told(text, "period_start")] == starts
