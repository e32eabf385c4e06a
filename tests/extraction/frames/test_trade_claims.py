"""Figures, ranks and trends of trade, investment and finance, read from whole sentences and short articles."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction import annotate
from pipelines.extraction.frames.trade_claims import read_trade_claims

PUBLISHED = date(2025, 9, 15)


def claims(text: str, published: date = PUBLISHED):
    return read_trade_claims(annotate(text, published))


def told(text: str, published: date = PUBLISHED):
    """Return (flow, claim type, reporter, partner, amount) of each claim."""
    return [(c.flow, c.claim_type, c.reporter_code, c.partner_code, c.amount) for c in claims(text, published)]


@pytest.mark.parametrize(
    ("text", "flow", "reporter", "partner", "amount"),
    [
        ("Trade turnover between Azerbaijan and Turkey amounted to $3.6 billion.", "total", "AZE", "TUR", 3.6e9),
        ("China's trade with Kazakhstan hit a record $43.8 billion.", "total", "CHN", "KAZ", 43.8e9),
        ("EU-China trade in goods was worth €732 billion.", "total", "CHN", "EU", 732e9),
        ("Moscow and Beijing traded $245 billion worth of goods last year.", "total", "CHN", "RUS", 245e9),
        ("The trade turnover of Kyrgyzstan amounted to $7.9 billion.", "total", "KGZ", "WLD", 7.9e9),
        ("India's exports to the UAE rose to $36.6 billion.", "exports", "IND", "ARE", 36.6e9),
        ("UK exports to Switzerland were £28.9 billion.", "exports", "GBR", "CHE", 28.9e9),
        ("Vietnam earned $119.6 billion from exports to the US last year.", "exports", "VNM", "USA", 119.6e9),
        ("Exports of flowers to the Netherlands earned Kenya $400 million.", "exports", "KEN", "NLD", 4e8),
        ("Uganda sold Kenya goods worth $850 million last year.", "exports", "UGA", "KEN", 8.5e8),
        ("Vietnam spent $144 billion on imports from China.", "imports", "VNM", "CHN", 144e9),
        ("Nepal imported goods worth $5.1 billion from India.", "imports", "NPL", "IND", 5.1e9),
        ("Germany's imports of Indonesian palm oil reached 400 million euros.", "imports", "DEU", "IDN", 4e8),
        ("Brazil's trade surplus with China widened to $30.7 billion.", "balance", "BRA", "CHN", 30.7e9),
        ("The US goods trade deficit with Vietnam reached $123.5 billion.", "balance", "USA", "VNM", -123.5e9),
        ("Ecuador posted a trade deficit of $71.3 million in August.", "balance", "ECU", "WLD", -71.3e6),
        ("South Korean firms invested $9.2 billion in Vietnam.", "investment", "VNM", "KOR", 9.2e9),
        ("Cumulative Chinese investment in Ethiopia stands at $4 billion.", "investment", "ETH", "CHN", 4e9),
        ("FDI inflows to Kenya rose to $1.5 billion.", "investment", "KEN", "WLD", 1.5e9),
        ("The World Bank has approved a $700 million loan for Pakistan.", "financing", "PAK", "WB", 7e8),
        ("Sri Lanka received a $350 million loan from the Asian Development Bank.", "financing", "LKA", "ADB", 3.5e8),
        ("China provided Sri Lanka with a $500 million loan.", "financing", "LKA", "CHN", 5e8),
        ("Bangladesh signed a $1.2 billion loan agreement with the Asian Development Bank.", "financing", "BGD", "ADB", 1.2e9),
        ("Zambia owes China about $4.1 billion.", "financing", "ZMB", "CHN", 4.1e9),
        ("Nigeria's external debt rose to $45.8 billion.", "financing", "NGA", "WLD", 45.8e9),
        ("Poland has signed a $6.5 billion contract with South Korea to buy 180 tanks.", "exports", "KOR", "POL", 6.5e9),
        ("South Korea's Hanmaru won a $2 billion contract to supply howitzers to Romania.", "exports", "KOR", "ROU", 2e9),
    ],
)
def test_flow_and_parties(text, flow, reporter, partner, amount):
    assert told(text) == [(flow, "actual", reporter, partner, amount)]


@pytest.mark.parametrize(
    "text",
    [
        "Company revenue rose 12% to $4.5 billion on strong sales in China.",
        "India's GDP grew 5% to $4.3 trillion.",
        "Shares in the Chinese group rose 5% to HK$120 in Hong Kong.",
        "The US imposed 25% tariffs on $300 billion worth of Chinese goods.",
        "The US budget deficit widened to $1.8 trillion.",
        "Pakistan's foreign exchange reserves rose to $14.5 billion.",
        "Japan's current account surplus widened to $20 billion in May.",
        "Toyota sold 10 million cars and earned $30 billion.",
        "The film earned $100 million in China and $300 million in the United States.",
        "The government approved $50 million in loans for small farmers.",
        "Remittances from the Gulf to Nepal reached $3 billion in August.",
        "Uzbekistan accounted for 12% of Kazakhstan's exports.",
        "Pakistan's trade deficit with nine regional countries widened to $12.3 billion.",
        "The striker joined the Saudi club for $18 million.",
    ],
)
def test_domestic_and_other_figures_are_no_claims(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "claim_type"),
    [
        ("India and Russia set a target of $100 billion in bilateral trade by 2030.", "target"),
        ("India and Russia agreed to raise bilateral trade to $100 billion by 2030.", "target"),
        ("Japan will invest 10 trillion yen in India over the next ten years.", "target"),
        ("Germany pledged €52 million for Bangladesh's climate programme.", "target"),
        ("Canada announced C$300 million in grants for Ghana.", "target"),
        ("Trade between Armenia and Iran could reach $3 billion.", "potential"),
        ("South Korea offered Tanzania $2.5 billion in concessional loans.", "potential"),
        ("Trade between Turkey and Iraq is expected to exceed $20 billion this year.", "forecast"),
        ("The IMF is expected to release a $1 billion tranche to Ghana in October.", "forecast"),
        ("South Korea wants to reduce its $7 billion trade surplus with the United States.", "actual"),
        ("China has extended a $2 billion loan to Pakistan.", "actual"),
    ],
)
def test_claim_types(text, claim_type):
    assert [c.claim_type for c in claims(text)] == [claim_type]


@pytest.mark.parametrize(
    ("text", "reporter", "partner", "flow", "rank", "scope", "commodity"),
    [
        ("Turkey is Ukraine's third largest trading partner after Poland.", "UKR", "TUR", "total", 3, None, None),
        ("Mexico is the largest trading partner of the United States.", "USA", "MEX", "total", 1, None, None),
        ("Poland's largest trading partner is Germany, followed by China.", "POL", "DEU", "total", 1, None, None),
        ("Oman is India's third largest export destination among the GCC countries.", "IND", "OMN", "exports", 3, "GCC countries", None),
        ("China is the top buyer of Iranian oil.", "IRN", "CHN", "exports", 1, None, "oil"),
        ("The United Kingdom is the second biggest market for Kenyan tea.", "KEN", "GBR", "exports", 2, None, "tea"),
        ("Saudi Arabia remained the biggest supplier of crude oil to China.", "CHN", "SAU", "imports", 1, None, "crude oil"),
        ("Vietnam is Ghana's third biggest rice supplier.", "GHA", "VNM", "imports", 3, None, "rice"),
        ("The Netherlands is the biggest foreign investor in Poland.", "POL", "NLD", "investment", 1, None, None),
        ("Germany is the second-largest donor to Jordan.", "JOR", "DEU", "financing", 2, None, None),
        ("Pakistan is the world's fourth-largest exporter of rice.", "PAK", "WLD", "exports", 4, "world", "rice"),
    ],
)
def test_ranks(text, reporter, partner, flow, rank, scope, commodity):
    assert [(c.reporter_code, c.partner_code, c.flow, c.rank, c.rank_scope, c.commodity) for c in claims(text)] == [
        (reporter, partner, flow, rank, scope, commodity)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Turkey could become Libya's largest trading partner.",
        "Nigeria is one of China's largest trading partners in Africa.",
        "It was the largest increase in exports in ten years.",
    ],
)
def test_these_are_no_ranks(text):
    assert [c for c in claims(text) if c.rank is not None] == []


def test_a_rank_and_its_figure_are_one_row():
    (claim,) = claims("The EU is the second largest investor in Mexico, with a stock of €202 billion.")
    assert (claim.flow, claim.reporter_code, claim.partner_code, claim.rank, claim.amount) == ("investment", "MEX", "EU", 2, 202e9)


def test_a_change_belongs_to_its_level_and_the_earlier_level_is_a_row_of_its_own():
    text = "India's exports to the UAE rose 7.5% to $36.6 billion in FY25 from $35.6 billion in FY24."
    level, earlier = claims(text)
    assert (level.amount, level.change_pct, level.trend) == (36.6e9, 7.5, "up")
    assert (level.period_start, level.period_end) == (date(2024, 4, 1), date(2025, 3, 31))
    assert (earlier.amount, earlier.change_pct, earlier.trend) == (35.6e9, None, None)
    assert (earlier.period_start, earlier.period_end) == (date(2023, 4, 1), date(2024, 3, 31))


def test_an_earlier_level_without_a_period_is_no_row():
    assert [c.amount for c in claims("India's exports to the UAE rose to $36.6 billion from $35.6 billion.")] == [36.6e9]


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("rose 12 percent to", 12),
        ("fell 12 percent to", -12),
        ("doubled to", 100),
        ("were halved to", -50),
        ("jumped by a fifth to", 20),
        ("grew five-fold to", 400),
    ],
)
def test_changes_are_signed_percent(words, change):
    assert [c.change_pct for c in claims(f"Ghana's exports to China {words} $3 billion.")] == [change]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Ghana's exports to China reached $3 billion, up 12 percent.", 12),
        ("Ghana's exports to China reached $3 billion, a 12% decline.", -12),
        ("Ghana's exports to China reached $3 billion, which is 4.3% less than in 2023.", -4.3),
        ("Ghana's exports to China reached $3 billion, 40 percent of the total.", None),
    ],
)
def test_changes_after_the_level(text, change):
    assert [c.change_pct for c in claims(text)] == [change]


def test_a_level_in_brackets_is_the_earlier_one_and_a_later_sentence_tells_the_change():
    text = (
        "Exports from Tajikistan to Kazakhstan reached $1.2 billion in January-August 2024. "
        "This figure decreased by 11.7 percent compared to the same period last year ($1.4 billion in January-August 2023)."
    )
    level, earlier = claims(text, date(2024, 9, 20))
    assert (level.amount, level.change_pct, level.trend, level.period_start) == (1.2e9, -11.7, "down", date(2024, 1, 1))
    assert (earlier.amount, earlier.change_pct, earlier.period_start) == (1.4e9, None, date(2023, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "China is Africa's largest trading partner, with bilateral trade of $282 billion.",
        "Trade between China and Africa reached $282 billion.",
        "Kenya's exports to the islands reached $28 million.",
    ],
)
def test_sides_without_a_code_carry_no_claim(text):
    assert told(text) == []


def test_a_change_without_a_level_is_a_row():
    (claim,) = claims("Kenyan exports to the Netherlands grew 8 percent in 2024.")
    assert (claim.flow, claim.reporter_code, claim.partner_code, claim.amount, claim.change_pct, claim.trend) == (
        "exports",
        "KEN",
        "NLD",
        None,
        8,
        "up",
    )


def test_further_members_of_a_list_change_the_partner_alone():
    text = "Kazakhstan's trade with Russia grew to $27.8 billion, with China to $30 billion and with Uzbekistan to $4.2 billion in 2024."
    assert told(text) == [
        ("total", "actual", "KAZ", "RUS", 27.8e9),
        ("total", "actual", "CHN", "KAZ", 30e9),
        ("total", "actual", "KAZ", "UZB", 4.2e9),
    ]
    assert {c.period_start for c in claims(text)} == {date(2024, 1, 1)}


def test_partners_listed_with_their_figures_in_brackets():
    text = "Uzbekistan's main trading partners were China ($9.1 billion), Russia ($8.3 billion) and Kazakhstan ($3 billion)."
    assert told(text) == [
        ("total", "actual", "CHN", "UZB", 9.1e9),
        ("total", "actual", "RUS", "UZB", 8.3e9),
        ("total", "actual", "KAZ", "UZB", 3e9),
    ]


def test_a_part_of_a_total_names_its_goods():
    text = "Pakistan's exports to China reached $2.4 billion, of which rice alone fetched over $260 million."
    assert [(c.amount, c.qualifier, c.commodity) for c in claims(text)] == [(2.4e9, "exact", None), (2.6e8, "over", "rice")]


RELEASE = """KARACHI: Pakistan's imports from China jumped 20 per cent to $11.5 billion in July-March FY25 from $9.6bn
in the same period last year, data released by the State Bank of Pakistan (SBP) showed.

Shipments to Beijing fell 12pc to $1.9bn, leaving a deficit of $9.6bn, according to the central bank.

Exports to Bangladesh rose 23pc to $605m and those to Sri Lanka 4pc to $302m, while exports to Nepal stayed flat at $2m.

Overall, the trade deficit stood at about $17.9bn in July-March, the Pakistan Bureau of Statistics said."""


def test_a_statistics_release_is_read_figure_by_figure():
    found = claims(RELEASE, date(2025, 4, 20))
    assert [(c.flow, c.partner_code, c.amount) for c in found] == [
        ("imports", "CHN", 11.5e9),
        ("imports", "CHN", 9.6e9),
        ("exports", "CHN", 1.9e9),
        ("balance", "CHN", -9.6e9),
        ("exports", "BGD", 605e6),
        ("exports", "LKA", 302e6),
        ("exports", "NPL", 2e6),
        ("balance", "WLD", -17.9e9),
    ]
    assert {c.reporter_code for c in found} == {"PAK"}
    assert [c.trend for c in found] == ["up", None, "down", None, "up", "up", "flat", None]
    assert found[0].speaker_name == found[2].speaker_name == "State Bank of Pakistan"
    assert found[-1].speaker_name == "Pakistan Bureau of Statistics"
    assert (found[1].period_start, found[1].period_end) == (date(2023, 7, 1), date(2024, 3, 31))


VISIT = """Ottawa, Jakarta seal trade pact

OTTAWA — Prime Minister Mark Rivers and Indonesian President Budi Santoso signed a free trade agreement on Wednesday.

Two-way merchandise trade reached C$5.1 billion last year, with Canadian exports at C$2.1 billion.
Ottawa expects the pact to boost that to C$8 billion by 2031.

Canadian firms have invested some C$6 billion in the country."""


def test_the_pair_is_that_of_the_article():
    assert told(VISIT, date(2025, 10, 2)) == [
        ("total", "actual", "CAN", "IDN", 5.1e9),
        ("exports", "actual", "CAN", "IDN", 2.1e9),
        ("total", "forecast", "CAN", "IDN", 8e9),
        ("investment", "actual", "IDN", "CAN", 6e9),
    ]


def test_a_headline_gives_way_to_the_body():
    text = (
        "Ghana's exports to China top $3 billion\n\nACCRA: Ghana's exports to China reached $3.02 billion in 2024, the trade ministry said."
    )
    (claim,) = claims(text)
    assert (claim.amount, claim.period_start, claim.speaker_name) == (3.02e9, date(2024, 1, 1), "trade ministry")


def test_evidence_is_the_clause_that_holds_the_figure():
    text = "Officials met in Accra on Monday. Ghana's exports to China reached $3 billion in 2024, and both sides agreed to meet again."
    (claim,) = claims(text)
    assert claim.evidence_text == text[claim.evidence_start : claim.evidence_end] == "Ghana's exports to China reached $3 billion in 2024"


WORDS = [
    "exports",
    "to China",
    "Pakistan's",
    "rose",
    "from",
    "$5bn",
    "12%",
    "in 2024",
    "largest",
    "trading partner",
    "of",
    "and",
    "with",
    "deficit",
    "loan",
    "said",
    ",",
    ".",
    "the",
    "its",
]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=30).map(" ".join))
def test_any_text_is_read_and_evidence_is_verbatim(text):
    for claim in claims(text):
        assert text[claim.evidence_start : claim.evidence_end] == claim.evidence_text
        assert claim.reporter_code
        assert claim.partner_code
        assert claim.reporter_code != claim.partner_code
        assert claim.amount is not None or claim.rank is not None or claim.change_pct is not None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "South Africa exported R43 billion worth of goods to Germany in the first half of 2025, against imports of R58 billion.",
            [("exports", "ZAF", "DEU", 43e9), ("imports", "ZAF", "DEU", 58e9)],
        ),
        (
            "Chile's exports to Brazil rose to $5.1 billion in 2024 against exports of $4.6 billion in 2023.",
            [("exports", "CHL", "BRA", 5.1e9), ("exports", "CHL", "BRA", 4.6e9)],
        ),
        ("Iran and Armenia have set a target of raising annual trade turnover to $3bn.", [("total", "ARM", "IRN", 3e9)]),
        ("Tunisia's trade minister said the exchange of goods with Libya could reach 3 billion dinars.", [("total", "LBY", "TUN", 3e9)]),
        ("According to Vietnam Customs, two-way trade with Hungary hit US$1.3 billion.", [("total", "HUN", "VNM", 1.3e9)]),
    ],
)
def test_two_flows_in_one_sentence_and_pairs_told_as_subject(sentence: str, expected: list[tuple[str, str, str, float]]) -> None:
    claims = read_trade_claims(annotate("Trade news\n\n" + sentence, date(2025, 9, 10)))
    assert [(one.flow, one.reporter_code, one.partner_code, one.amount) for one in claims] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway's exports to Chile and Peru came to $310 million and $120 million respectively.",
            [("exports", "actual", "NOR", "CHL", 310e6), ("exports", "actual", "NOR", "PER", 120e6)],
        ),
        (
            "Spain, Italy and Malta bought Tunisian goods worth $1.2 billion, $900 million and $40 million, respectively.",
            [
                ("imports", "actual", "ESP", "TUN", 1.2e9),
                ("imports", "actual", "ITA", "TUN", 9e8),
                ("imports", "actual", "MLT", "TUN", 4e7),
            ],
        ),
        (
            "Jordan's exports and imports stood at $9 billion and $18 billion respectively.",
            [("exports", "actual", "JOR", "WLD", 9e9), ("imports", "actual", "JOR", "WLD", 18e9)],
        ),
        (
            "Fiji sold sugar worth $40 million to Japan and timber worth $12 million to Samoa.",
            [("exports", "actual", "FJI", "JPN", 4e7), ("exports", "actual", "FJI", "WSM", 1.2e7)],
        ),
        (
            "Cuba imported goods worth $200 million from Canada and exported $90 million.",
            [("imports", "actual", "CUB", "CAN", 2e8), ("exports", "actual", "CUB", "CAN", 9e7)],
        ),
        (
            "Oman and Kenya want to bring trade to $400 million; it was $150 million last year.",
            [("total", "target", "KEN", "OMN", 4e8), ("total", "actual", "KEN", "OMN", 1.5e8)],
        ),
        (
            "Trade between Malta and Egypt stood at $300 million in 2024. Valletta hopes for half a billion by 2030.",
            [("total", "actual", "EGY", "MLT", 3e8), ("total", "target", "EGY", "MLT", 5e8)],
        ),
        (
            "Trade between Malta and Egypt stood at $300 million in 2024. That compares with $210 million in 2022.",
            [("total", "actual", "EGY", "MLT", 3e8), ("total", "actual", "EGY", "MLT", 2.1e8)],
        ),
        (
            "Brunei and Nepal set a target of lifting bilateral trade to $50 million, up from $8 million at present.",
            [("total", "target", "BRN", "NPL", 5e7), ("total", "actual", "BRN", "NPL", 8e6)],
        ),
        (
            "Finnish exports to Angola fell to 20 million euros, while purchases of Angolan coffee fell by a third to 4 million.",
            [("exports", "actual", "FIN", "AGO", 2e7), ("imports", "actual", "FIN", "AGO", 4e6)],
        ),
    ],
)
def test_figures_of_one_sentence_lean_on_each_other(text, expected):
    assert told(text) == expected


def test_goods_go_with_their_own_figure():
    found = claims("Fiji sold sugar worth $40 million to Japan, flowers worth $9 million to Tonga and timber worth $12 million to Samoa.")
    assert [(c.partner_code, c.commodity) for c in found] == [("JPN", "sugar"), ("TON", "flowers"), ("WSM", "timber")]


def test_a_sum_in_two_moneys_is_one_row_with_its_change():
    (row,) = claims("Trade between Thailand and Cuba reached 2.1 billion baht ($60 million), an increase of 9 percent.")
    assert (row.amount, row.currency, row.change_pct) == (2.1e9, "THB", 9.0)


def test_a_further_member_has_its_own_change():
    found = claims(
        "Greece's exports to Egypt rose 6% to $1.1 billion, to Malta 2% to $500 million, while trade with Cuba doubled to $40 million."
    )
    assert [(c.change_pct, c.amount) for c in found] == [(6.0, 1.1e9), (2.0, 5e8), (100.0, 4e7)]
    assert [{c.reporter_code, c.partner_code} for c in found] == [{"GRC", "EGY"}, {"GRC", "MLT"}, {"GRC", "CUB"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Malta topped the list of Fiji's largest trading partners by turnover, with $9 million, followed by Togo with $7 million.",
            [("total", "FJI", "MLT", 9e6, 1), ("total", "FJI", "TGO", 7e6, 2)],
        ),
        (
            "Malta was Fiji's largest trading partner by exports with $5 million, followed by Togo with $3 million.",
            [("exports", "FJI", "MLT", 5e6, 1), ("exports", "FJI", "TGO", 3e6, 2)],
        ),
        (
            "Malta, Togo and Peru were the top trading partners of Fiji in terms of imports, with $9 million, $8 million and $7 million, "
            "respectively.",
            [("imports", "FJI", "MLT", 9e6, None), ("imports", "FJI", "TGO", 8e6, None), ("imports", "FJI", "PER", 7e6, None)],
        ),
        (
            "Malta is the largest investor in Fiji with $9 million, followed by Togo with $6 million.",
            [("investment", "FJI", "MLT", 9e6, 1), ("investment", "FJI", "TGO", 6e6, 2)],
        ),
        ("A bank's best customers were Malta ($9 million) and Togo ($6 million).", []),
        (
            "Fiji's sugar exports to Malta, its largest buyer, fetched $12 million.",
            [("exports", "FJI", "MLT", None, 1), ("exports", "FJI", "MLT", 12e6, None)],
        ),
        ("Fijian exports to Malta, the country's biggest market, fell to $9 million.", [("exports", "FJI", "MLT", 9e6, 1)]),
        ("Togo sold cocoa to Malta, overtaking Peru as its second-largest supplier.", [("imports", "MLT", "TGO", None, 2)]),
        ("Peru has been overtaken by Togo as Fiji's second-largest export market.", [("exports", "FJI", "TGO", None, 2)]),
        (
            "Fiji earned $18 million from sugar exports, with Malta the top destination.",
            [("exports", "FJI", "WLD", 18e6, None), ("exports", "FJI", "MLT", None, 1)],
        ),
        ("Lisbon granted Benin a 60 million euro loan for a bypass.", [("financing", "BEN", "PRT", 60e6, None)]),
    ],
)
def test_whose_list_and_whose_rank(text, expected):
    assert [(c.flow, c.reporter_code, c.partner_code, c.amount, c.rank) for c in claims(text)] == expected


def test_a_list_of_partners_goes_on_with_the_period_in_force():
    found = claims(
        "Fiji's foreign trade turnover reached $60 million in the first half of 2025.\n\n"
        "Malta was Fiji's largest trading partner by exports with $5 million, followed by Togo with $3 million."
    )
    assert [(c.partner_code, c.period_start, c.period_end) for c in found[1:]] == [
        ("MLT", date(2025, 1, 1), date(2025, 6, 30)),
        ("TGO", date(2025, 1, 1), date(2025, 6, 30)),
    ]
