"""Root events between two named actors of one invented sentence."""

import pytest

from pipelines.extraction.frames.plover import root_of

CASES = [
    ("Police arrested two journalists in Gorna on Monday.", "Police", "two journalists", "COERCE"),
    ("The miners' union went on strike against Baltic Coal.", "The miners' union", "Baltic Coal", "PROTEST"),
    ("Norland has agreed to release the Sudlander crew.", "Norland", "the Sudlander crew", "AGREE"),
    ("Norland released the Sudlander crew.", "Norland", "the Sudlander crew", "YIELD"),
    ("Norland refused to release the Sudlander crew.", "Norland", "the Sudlander crew", "REJECT"),
    ("Norland will not lift the ban on Sudlander fish.", "Norland", "Sudlander fish", "REJECT"),
    ("Norland threatened to shell the port of Sudland.", "Norland", "Sudland", "THREATEN"),
    ("Norland said Sudland must withdraw its troops.", "Norland", "Sudland", "REQUEST"),
    ("The bishop praised the mayor for her courage.", "The bishop", "the mayor", "SUPPORT"),
    ("The charity filed a lawsuit against the ministry.", "The charity", "the ministry", "ACCUSE"),
    ("Rebels attacked an army base, killing six soldiers.", "Rebels", "an army base", "ASSAULT"),
    ("Sudland expelled three Norlander diplomats.", "Sudland", "three Norlander diplomats", "SANCTION"),
    ("Norland gave $3 million to the refugees of Sudland.", "Norland", "the refugees of Sudland", "AID"),
    ("The premier met the bishops on Friday.", "The premier", "the bishops", "CONSULT"),
    ("Norland mobilised troops along the border with Sudland.", "Norland", "Sudland", "MOBILIZE"),
]


@pytest.mark.parametrize(("text", "source", "target", "root"), CASES)
def test_the_root_between_two_actors(text: str, source: str, target: str, root: str) -> None:
    assert root_of(text, source, target) == root


def test_a_sentence_that_tells_no_event_has_no_root() -> None:
    assert root_of("The river is wide.", "The river", "") is None
