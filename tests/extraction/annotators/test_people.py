"""People: names of every culture, titles before and after, whose they are, and who counts as somebody."""

import pytest

from pipelines.extraction.annotators.actors import find_actors
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.tokens import find_tokens
from pipelines.extraction.model import Person

LEAD = "Ministers gathered on Monday to talk about trade and ports\n\n"


def people_of(text: str) -> dict[str, Person]:
    layout = find_layout(LEAD + text)
    return find_actors(LEAD + text, layout, find_tokens(layout))[1]


def told(text: str) -> set[tuple[str, str | None, str]]:
    return {(person.name, person.party_code, person.office) for person in people_of(text).values()}


@pytest.mark.parametrize(
    ("sentence", "name", "party", "office"),
    [
        ("Peru's Foreign Minister Lucía Quispe Rojas spoke.", "Lucía Quispe Rojas", "PER", "foreign_minister"),
        (
            "Zambia's Deputy Prime Minister and Foreign Minister Chanda Mwale-Phiri spoke.",
            "Chanda Mwale-Phiri",
            "ZMB",
            "deputy_head_of_government",
        ),
        ("The Minister of Fisheries, Kwabena Sarpong, MP, signed for Ghana.", "Kwabena Sarpong", "GHA", "other_minister"),
        (
            "H.H. Sheikh Rashid bin Majid Al Falahi, Managing Director of Oasis Fund of the UAE, spoke.",
            "Rashid bin Majid Al Falahi",
            "ARE",
            "royal",
        ),
        ("Uzbek President Anvar Qodirov arrived.", "Anvar Qodirov", "UZB", "head_of_state"),
        ("President Anvar Qodirov of Uzbekistan arrived.", "Anvar Qodirov", "UZB", "head_of_state"),
        ("Kwame Adjei, the Ghanaian high commissioner to India, agreed.", "Kwame Adjei", "GHA", "ambassador"),
        ("Pierre Lambert, who doubles as finance minister of Belgium, agreed.", "Pierre Lambert", "BEL", "finance_minister"),
        ("German Chancellor Otto Brandmeier called.", "Otto Brandmeier", "DEU", "head_of_government"),
        ("Britain's Chancellor Edwina Marsh called.", "Edwina Marsh", "GBR", "finance_minister"),
        ("Pakistan's Foreign Secretary Rukhsana Qazi flew in.", "Rukhsana Qazi", "PAK", "senior_official"),
        ("Britain's Foreign Secretary Rowena Clarke flew in.", "Rowena Clarke", "GBR", "foreign_minister"),
        ("Bangladesh's Commerce Adviser Rafiqul Alam flew in.", "Rafiqul Alam", "BGD", "trade_minister"),
        ("Kenya's Cabinet Secretary for Trade, Wanjiru Kamau, flew in.", "Wanjiru Kamau", "KEN", "trade_minister"),
        ("Secretary of State Dale Whitcombe flew in.", "Dale Whitcombe", "USA", "foreign_minister"),
        ("The acting Defence Minister of Chile, Rodrigo Vera Soto, spoke.", "Rodrigo Vera Soto", "CHL", "defence_minister"),
        ("Bank of Korea Governor Seo Jin-woo spoke.", "Seo Jin-woo", "KOR", "central_bank_governor"),
        ("UN Special Envoy Ingrid Halvorsen spoke.", "Ingrid Halvorsen", "UN", "special_envoy"),
        ("World Bank President Thomas Adeyemi spoke.", "Thomas Adeyemi", "WB", "igo_head"),
        ("The Speaker of the Moldovan parliament, Ion Rusu, spoke.", "Ion Rusu", "MDA", "legislator"),
        ("Prime Minister-elect Ana Horvat of Croatia spoke.", "Ana Horvat", "HRV", "head_of_government"),
        ("Mexico's undersecretary for foreign trade, Lorena Paz Ibarra, spoke.", "Lorena Paz Ibarra", "MEX", "senior_official"),
        ("Indian Minister of State for External Affairs Ramesh Kulkarni spoke.", "Ramesh Kulkarni", "IND", "deputy_foreign_minister"),
        ("Vietnam's Vice Minister of Finance Tran Van Binh spoke.", "Tran Van Binh", "VNM", "other_minister"),
        ("The chief executive of Nordvik Shipping, Lars Dahl, spoke.", "Lars Dahl", None, "business_leader"),
        ("Riga Mayor Janis Ozols spoke.", "Janis Ozols", "LVA", "senior_official"),
        ("Norway's Ada Whitlock met Wen Fang, chairman of the National People's Congress.", "Wen Fang", "CHN", "legislator"),
        (
            "Sri Lankan Minister of Trade, Food Security and Co-operative Development Wasantha Perera spoke.",
            "Wasantha Perera",
            "LKA",
            "trade_minister",
        ),
        ("Sen. Ada Whitlock spoke in the U.S. capital.", "Ada Whitlock", "USA", "legislator"),
        ("The Emir of Kuwait, Sheikh Nasser Al-Salem, spoke.", "Nasser Al-Salem", "KWT", "monarch"),
        ("Portugal's Prime Minister Rui Montenegro spoke.", "Rui Montenegro", "PRT", "head_of_government"),
        ("The Ukrainian envoy Olena Shevchuk spoke.", "Olena Shevchuk", "UKR", "ambassador"),
        ("The Chilean and Omani ambassadors, Marta Ríos and Said Harbi, spoke.", "Said Harbi", "OMN", "ambassador"),
        ("Latvia's and Malta's agriculture ministers, Janis Berzins and Mario Zammit, spoke.", "Janis Berzins", "LVA", "other_minister"),
        ("The Minister of Foreign and Caricom Affairs of Guyana, Asha Ramdeen, spoke.", "Asha Ramdeen", "GUY", "foreign_minister"),
        ("UNICEF Kenya representative Nadia Farouk spoke.", "Nadia Farouk", "UNICEF", "igo_head"),
        ("European Commission Vice-President Elias Wikström spoke.", "Elias Wikström", "EU", "senior_official"),
        ("Presidential spokesman Femi Balogun of Nigeria spoke.", "Femi Balogun", "NGA", "spokesperson"),
        ("Mongolia's trade minister G.Tumurbat spoke.", "G.Tumurbat", "MNG", "trade_minister"),
        ("Nepal's prime minister B.K.Basnyat Lama spoke.", "B.K.Basnyat Lama", "NPL", "head_of_government"),
        ("The Mozambican President, Armando Nhaca, Jr., spoke.", "Armando Nhaca, Jr.", "MOZ", "head_of_state"),
        ("UN special rapporteur Ingrid Halvorsen spoke.", "Ingrid Halvorsen", "UN", "senior_official"),
        ("Britain's shadow trade secretary Rowena Clarke spoke.", "Rowena Clarke", "GBR", "legislator"),
        ("Fiji's Leader of the Opposition Josefa Tavola spoke.", "Josefa Tavola", "FJI", "legislator"),
        ("Tavola, the Fijian foreign minister, spoke.", "Tavola", "FJI", "foreign_minister"),
        ("Bangladesh's Prime Minister Sheikh Rokeya spoke.", "Sheikh Rokeya", "BGD", "head_of_government"),
        ("Asad Mirza, Secretary, Department of Ports, Government of Malaysia, spoke.", "Asad Mirza", "MYS", "senior_official"),
        ("The Vice Minister of the General Administration of Customs of China, Fan Bolin, spoke.", "Fan Bolin", "CHN", "other_minister"),
        ("Egypt's Minister of Planning and International Cooperation Dina Fouad spoke.", "Dina Fouad", "EGY", "other_minister"),
        ("Egypt's Minister of Foreign Affairs and International Cooperation Dina Fouad spoke.", "Dina Fouad", "EGY", "foreign_minister"),
        ("The Kyrgyz leader's press secretary, Taalai Moldosh, spoke.", "Taalai Moldosh", "KGZ", "spokesperson"),
        ("Thada Phromkun, director-general of the Department of Ports, spoke in Thailand.", "Thada Phromkun", "THA", "senior_official"),
        ("Canada's Secretary of State for International Development Joti Brarwal spoke.", "Joti Brarwal", "CAN", "other_minister"),
        ("Manitoba Premier Judith Lavoie spoke.", "Judith Lavoie", "CAN", "senior_official"),
        ("Judith Lavoie, premier of Queensland, spoke.", "Judith Lavoie", "AUS", "senior_official"),
        ("The Secretary-General of the Arab League (AL) HE Nabil Qasim spoke.", "Nabil Qasim", "ARAB_LEAGUE", "igo_head"),
        ("Oman's Minister of State Sultan bin Hamad Al Riyami spoke.", "Sultan bin Hamad Al Riyami", "OMN", "other_minister"),
    ],
)
def test_a_title_tells_name_country_and_office(sentence, name, party, office):
    people = people_of(sentence)
    assert name in people, list(people)
    assert (people[name].party_code, people[name].office) == (party, office)


@pytest.mark.parametrize(
    ("headline", "party"),
    [
        ("Kenyan envoy, Amos Pereira pledge to trade", "PER"),  # two, who pledge
        ("Peruvian minister, Amos Pereira, pledges trade", "PER"),
    ],
)
def test_a_comma_between_two_subjects_of_a_headline_makes_them_no_one(headline: str, party: str) -> None:
    text = (
        f"{headline}\n\nLIMA, Oct 12 (ANA): Kenyan Ambassador to Peru, Jane Odhiambo, called on the Minister of Commerce, Dr. Amos Pereira."
    )
    layout = find_layout(text)
    people = find_actors(text, layout, find_tokens(layout))[1]
    assert (people["Amos Pereira"].party_code, people["Jane Odhiambo"].party_code) == (party, "KEN")


@pytest.mark.parametrize(
    "sentence",
    [
        "State Bank of Pakistan figures and the Gulf of Guinea were named; Radio Pakistan and Air Malta were not asked.",
        "Deutsche Bank, the University of Nairobi and the Asian Development Bank sent nobody.",
        "The Prime Minister met the visiting minister in Tashkent.",
        "Foreign Ministry officials said the port of Dar es Salaam would reopen.",
        "Boeing and Airbus said nothing. Real Madrid beat Benfica.",
    ],
)
def test_bodies_and_places_are_nobody(sentence):
    assert people_of(sentence) == {}


def test_the_fullest_name_takes_in_the_shorter_ones():
    people = people_of(
        "Foreign Minister Otieno of Kenya opened the talks. Amina Wanjiku Otieno thanked the hosts. “We are ready,” Mrs Otieno said. "
        "Amina Otieno then left."
    )
    assert list(people) == ["Amina Wanjiku Otieno"]
    assert people["Amina Wanjiku Otieno"].office == "foreign_minister"


def test_names_with_the_family_name_first_are_one_person():
    assert told("Chinese President Zhao Mingde met reporters. Zhao smiled. President Zhao left.") == {
        ("Zhao Mingde", "CHN", "head_of_state")
    }
    assert told("Vietnam's Prime Minister To Van Hieu spoke. Hieu thanked them.") == {("To Van Hieu", "VNM", "head_of_government")}


def test_a_plural_title_is_shared():
    assert told("Presidents Baurzhan Akhmetov of Kazakhstan, Farrukh Sattorov of Tajikistan and Elman Huseynov of Azerbaijan met.") == {
        ("Baurzhan Akhmetov", "KAZ", "head_of_state"),
        ("Farrukh Sattorov", "TJK", "head_of_state"),
        ("Elman Huseynov", "AZE", "head_of_state"),
    }


def test_a_counterpart_has_the_office_of_the_other():
    assert told("Norwegian Energy Minister Kari Solberg met her Angolan counterpart, Domingos Neto.") == {
        ("Kari Solberg", "NOR", "energy_minister"),
        ("Domingos Neto", "AGO", "energy_minister"),
    }


def test_several_offices_give_the_highest():
    people = people_of("Luxembourg's Foreign Minister Paul Reuter, also the deputy prime minister, spoke.")
    assert people["Paul Reuter"].office in ("deputy_head_of_government", "foreign_minister")
    people = people_of("Deputy Prime Minister and Defence Minister Paul Reuter of Luxembourg spoke.")
    assert people["Paul Reuter"].office == "deputy_head_of_government"


def test_a_former_office_is_marked():
    person = people_of("Former Bolivian president Gonzalo Arce Mamani spoke.")["Gonzalo Arce Mamani"]
    assert (person.party_code, person.office, person.is_former) == ("BOL", "head_of_state", True)


def test_whose_an_untold_minister_is():
    """Those met are of the other country, those who come along of the same, those at home of the dateline's."""
    text = (
        "MONTEVIDEO - Thai Prime Minister Somchai Prasert met President Julio Batlle Sosa on Monday. "
        "Foreign Minister Elena Vidal received him. "
        "A Thai delegation headed by Commerce Minister Krit Suwan signed for Thailand. Japan's envoy looked on."
    )
    assert told(text) == {
        ("Somchai Prasert", "THA", "head_of_government"),
        ("Julio Batlle Sosa", "URY", "head_of_state"),
        ("Elena Vidal", "URY", "foreign_minister"),
        ("Krit Suwan", "THA", "trade_minister"),
    }


def test_an_office_follows_the_country_that_the_context_tells():
    """A commerce adviser is a minister in Dhaka alone."""
    text = "DHAKA - Commerce Adviser Rafiqul Alam received the Chilean ambassador on Monday. Bangladesh asked for copper."
    assert people_of(text)["Rafiqul Alam"].office == "trade_minister"


def test_a_counterpart_is_of_another_country():
    text = "In India, Peruvian Foreign Minister Lucía Quispe called on Prime Minister Mohan Rawat and met her counterpart, Dr. Kiran Nayak."
    people = people_of(text)
    assert (people["Kiran Nayak"].party_code, people["Kiran Nayak"].office) == ("IND", "foreign_minister")


def test_a_counterpart_called_minister_later_has_the_office_of_the_other_still():
    text = "Peruvian Foreign Minister Lucía Quispe met her Omani counterpart Said Harbi in Lima. Minister Said Harbi thanked Peru."
    assert people_of(text)["Said Harbi"].office == "foreign_minister"


@pytest.mark.parametrize(
    ("name", "party"),
    [("Hirohide Yamamura", "JPN"), ("Guo Zhenhai", "CHN"), ("Takeshi Goto", "JPN"), ("Zhou Ming", "CHN")],
)
def test_a_name_tells_a_little_of_whose_one_is(name: str, party: str) -> None:
    text = f"Japan and China traded protests again. Deputy Foreign Minister {name} said the answer of the other side fell short."
    assert people_of(text)[name].party_code == party


def test_whom_all_the_world_knows_makes_no_home():
    text = (
        "WINNIPEG - China imposed a duty on Canadian peas. "
        "Agriculture Minister Judith Lavoie spoke of President Xi Jinping and Premier Li Qiang."
    )
    assert people_of(text)["Judith Lavoie"].party_code == "CAN"


@pytest.mark.parametrize("text", ["President Joseph Biden spoke.", "President Joseph R. Biden, Jr., spoke."])
def test_a_well_known_leader_is_known_by_the_longer_name_too(text: str) -> None:
    assert {person.party_code for person in people_of(text).values()} == {"USA"}


def test_no_minister_sits_in_washington():
    """A country that has no such office is not given one."""
    people = people_of(
        "WASHINGTON - Land Minister Kang Tae-ho arrived in Washington on Monday. South Korea and the United States will build ships."
    )
    assert people["Kang Tae-ho"].party_code == "KOR"


def test_analysts_have_no_country_unless_told():
    assert told("“It will rise,” said Bruno Keller, an analyst at Alpen Research in Switzerland.") == {("Bruno Keller", None, "other")}
    assert ("Bruno Keller", "CHE", "other") in told("Swiss economist Bruno Keller disagreed.")


def test_headline_capitals_are_no_names():
    text = "President Okoro Signs Rail Pact With Togo\n\nLAGOS - Nigeria's President Chidi Okoro on Monday signed a rail pact with Togo."
    layout = find_layout(text)
    people = find_actors(text, layout, find_tokens(layout))[1]
    assert list(people) == ["Chidi Okoro"]


def test_bylines_name_nobody():
    text = "Trade talks resume\n\nBy Priya Raman\n\nIndia and Oman resumed talks on Monday, the commerce ministry said."
    layout = find_layout(text)
    assert find_actors(text, layout, find_tokens(layout))[1] == {}
