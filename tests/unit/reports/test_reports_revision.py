"""A report made from a role that a corpus keeps names its revision, and says when that is not the newest."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from sample_ranking import make_ranking

from matcher.reports import blinded
from matcher.reports.csv import to_csv
from matcher.reports.html import to_html
from matcher.reports.json import to_json
from matcher.reports.table import print_ranking
from matcher.types import RankedRevision


@pytest.mark.parametrize(("number", "stale"), [(1, True), (2, False)])
def test_every_form_names_the_revision(number: int, stale: bool) -> None:
    """JSON as fields, page and table in a sentence, blind ones too."""
    ranking = replace(make_ranking(), revision=RankedRevision("r-17", number, 2))
    said = {"role_id": "r-17", "number": number, "newest": 2, "stale": stale}
    assert json.loads(to_json(ranking))["role_revision"] == said
    for shown in (ranking, blinded(ranking)):
        text = StringIO()
        print_ranking(shown, Console(file=text, width=120))
        for page in (to_html(shown), text.getvalue()):
            assert f"Revision {number} of role r-17." in page
            assert ("Stale: the role has been edited since, up to revision 2." in page) is stale


def test_a_role_of_no_corpus_has_no_revision() -> None:
    """Null in JSON, and no word of it on the page."""
    ranking = make_ranking()
    assert json.loads(to_json(ranking))["role_revision"] is None
    assert "Revision" not in to_html(ranking)
    assert to_csv(replace(ranking, revision=RankedRevision("r", 1, 1))) == to_csv(ranking)
