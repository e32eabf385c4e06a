"""What a figure is and whether it is one at all, under the turns of phrase of news agencies; and a whole release of statistics."""

from datetime import date

import pytest

from pipelines.extraction import annotate
from pipelines.extraction.frames.trade_claims import read_trade_claims
from tests.extraction.frames.trading import told


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
    ("text", "claim"),
    [
        ("We face the task of increasing trade between Peru and Chile to $10 billion.", "target"),
        ("Chilean investment in Peru will exceed $20 billion.", "forecast"),
        ("Chile will lend Peru $20 million.", "target"),
    ],
)
def test_aims_and_expectations(text, claim):
    assert told(text, "claim_type") == [(claim,)]


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


def test_goal_set_in_the_past_is_a_target():
    text = "Chad and Mali in March 2024 set the goal in a short time to bring trade turnover to $5 million."
    assert told(text, "claim_type", "period_start") == [("target", None)]


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
