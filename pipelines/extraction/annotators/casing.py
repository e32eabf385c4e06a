"""Lower case that keeps offsets.

Belongs here: the one function below. Does not belong here: any other normalisation, for offsets must keep pointing into the text.
"""


def same_length_lower(text: str) -> str:
    """Return ``text`` in lower case with every character at its old place (a character that would grow stays as it is)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
