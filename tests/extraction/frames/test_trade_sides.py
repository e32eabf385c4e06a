"""Whose trade a figure tells, and with whom, under the turns of phrase of news agencies."""

import pytest

from tests.extraction.frames.trading import told


def test_partners_of_one_country_are_no_pair_of_each_other():
    text = "Brazil's trade grew. Trade with Chile stood at $9 billion, and trade with Peru was up by 4 percent."
    assert told(text, "reporter_code", "partner_code") == [("BRA", "CHL"), ("BRA", "PER")]


def test_the_next_in_a_list_is_told_with_its_own_partner():
    text = "Spain is the largest investor in Morocco, with $9 billion of direct investment. It is followed by Qatar, with $4 billion."
    assert told(text, "reporter_code", "partner_code", "amount") == [("MAR", "ESP", 9e9), ("MAR", "QAT", 4e9)]


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
