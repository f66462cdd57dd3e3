"""JSON Resume as a source: written as a page shows it, so that quotes are verbatim from that text."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.documents import read
from matcher.errors import DocumentError, DocumentTooLargeError, UnsupportedFormatError
from matcher.resumes import parse, to_json_resume
from matcher.settings import Limits

RESUME = {
    "basics": {
        "name": "Bram de Wit",
        "label": "Cook",
        "email": "bram@example.org",
        "summary": "Cook in hotel kitchens.\nLikes herbs.",
        "location": {"city": "Utrecht", "countryCode": "NL"},
        "profiles": [{"network": "GitHub", "username": "bram", "url": "https://github.com/bram"}],
    },
    "work": [
        {
            "name": "Hotel Example BV",
            "position": "Head Cook",
            "startDate": "2019-05-01",
            "highlights": ["Cooked for 120 guests a day", "Trained six\ncooks"],
        },
        {"company": "Cantina Sample", "position": "Cook", "startDate": "2014-02", "endDate": "2019-04"},
    ],
    "education": [
        {
            "institution": "Hogeschool Utrecht",
            "area": "Hotel Management",
            "studyType": "Bachelor",
            "startDate": "2010",
            "endDate": "2014-06-30",
        }
    ],
    "skills": [{"name": "Cooking", "keywords": ["Sauces", "Fish"]}, "HACCP"],
    "languages": [{"language": "Dutch", "fluency": "Native speaker"}],
    "certificates": [{"name": "Food Safety Level 3", "date": "2016-03-01"}],
}
TEXT = """Bram de Wit
Cook
Utrecht, NL
bram@example.org
https://github.com/bram

Summary
Cook in hotel kitchens.
Likes herbs.

Experience

Head Cook, Hotel Example BV\tMay 2019 – Present
• Cooked for 120 guests a day
• Trained six cooks

Cook, Cantina Sample\tFebruary 2014 – April 2019

Education
Bachelor in Hotel Management, Hogeschool Utrecht\t2010 – June 2014

Skills
Cooking: Sauces, Fish
HACCP

Languages
Dutch: Native speaker

Certificates
Food Safety Level 3\tMarch 2016"""


def test_a_json_resume_is_written_as_a_page_shows_it() -> None:
    """Sections under headings, dates in words, no end where a place of work has none."""
    document = read(json.dumps(RESUME).encode())
    assert document.text == TEXT
    assert document.media_type == "application/json"


def test_what_is_read_of_it_is_what_it_says() -> None:
    """Places of work, studies, skills and languages come back as they were given."""
    resume = parse(read(json.dumps(RESUME).encode()), "bram.json")
    back = to_json_resume(resume, date(2026, 1, 1))
    assert back["basics"]["name"] == "Bram de Wit"
    assert [(each["name"], each["position"], each["startDate"]) for each in back["work"]] == [
        ("Hotel Example BV", "Head Cook", "2019-05"),
        ("Cantina Sample", "Cook", "2014-02"),
    ]
    assert back["work"][0]["highlights"] == ["Cooked for 120 guests a day", "Trained six cooks"]
    assert "endDate" not in back["work"][0]
    assert back["education"] == [
        {
            "institution": "Hogeschool Utrecht",
            "area": "Hotel Management",
            "studyType": "Bachelor",
            "startDate": "2010",
            "endDate": "2014-06",
        }
    ]
    assert {"Sauces", "Fish", "HACCP"} <= {each["name"] for each in back["skills"]}
    assert back["languages"] == [{"language": "Dutch", "fluency": "Native speaker"}]
    text = resume.document.text
    assert all(text[item.span.start : item.span.end] == item.text for item in resume.snippets)


@pytest.mark.parametrize("value", ['{"name": "Ada"}', '{"work": []}', "[1, 2]", '{"basics": "Ada"}'])
def test_other_json_is_refused(value: str) -> None:
    """It says what would be taken."""
    with pytest.raises(UnsupportedFormatError, match="JSON Resume"):
        read(value.encode())


def test_one_that_is_too_long_is_refused() -> None:
    """The limit on characters holds for what is written of it."""
    long = {"basics": {"name": "Ada", "summary": "herbs " * 2_000}}
    with pytest.raises(DocumentTooLargeError, match="10,000"):
        read(json.dumps(long).encode(), Limits(max_characters=10_000))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "position",
                    "startDate",
                    "highlights",
                    "keywords",
                    "summary",
                    "url",
                    "profiles",
                    "location",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)
PARTS = ["work", "education", "skills", "languages", "projects", "certificates", "publications", "awards"]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from(PARTS), JSON, max_size=4), JSON)
def test_whatever_stands_in_it_is_read_or_refused(parts: dict[str, object], basics: object) -> None:
    """A value of another type than the schema's is passed over."""
    value = json.dumps({"basics": {"name": "Ada", "x": basics, "summary": basics}, **parts})
    try:
        assert "Ada" in read(value.encode()).text
    except DocumentError:
        pytest.fail("a name is text enough")
