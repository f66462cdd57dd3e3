"""Role files: what was read from a posting, written out, corrected by a person and read back."""

import json
import re
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import RoleError, RoleFileError
from matcher.parsing import parse_role
from matcher.reports.edits import edits_line, edits_of
from matcher.reports.role_file import role_file_values, role_to_json, role_to_toml
from matcher.roles import is_role_file
from matcher.roles.role_file_lines import line_of
from matcher.settings import Limits
from matcher.types import DegreeLevel, Document, Line, Logistics, QualificationKind, Role, Span

POSTING = """Night Ward Nurse
Harbour Hospital

Requirements
• At least 3 years of experience in a surgical ward
• Bachelor's degree in nursing
• Registered Nurse licence
• Calm in an emergency

Preferred
• Spanish or Polish
• Has taught students
• Experience with Epic, Cerner or Meditech

Responsibilities
• Lead the night shift
"""
LIMITS = Limits()


def read(text: str | bytes, limits: Limits = LIMITS) -> Role:
    return parse_role(text.encode() if isinstance(text, str) else text, "x", limits)


ROLE = read(POSTING)
TOML = role_to_toml(ROLE)


def edited(*changes: tuple[str, str]) -> Role:
    """The role of the TOML file with texts replaced, each the first time it stands there."""
    text = TOML
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text)


def block(name: str) -> str:
    """The lines of one qualification in the TOML file."""
    start = TOML.index(f'[[qualifications]]\nid = "{name}"')
    return TOML[start : TOML.index("\n\n", start)]


def plain(role: Role) -> Role:
    """The role without the lines of its document, which a role file does not carry."""
    return replace(role, document=replace(role.document, lines=()))


@pytest.mark.parametrize("write", [role_to_toml, role_to_json])
def test_an_untouched_file_is_the_role_of_its_posting(write: Callable[[Role], str]) -> None:
    """Every value comes back, nothing counts as changed, and it is written the same again."""
    back = read(write(ROLE))
    assert plain(back) == plain(ROLE)
    assert edits_of(back) == []
    assert write(back) == write(ROLE)


@pytest.mark.parametrize("write", [role_to_toml, role_to_json])
def test_an_edited_role_comes_back_from_either_form(write: Callable[[Role], str]) -> None:
    """Changes, what was left out and what was read before survive being written and read again."""
    role = edited(
        (block("q4"), block("q4").replace("keep = true", "keep = false")),
        (block("q1"), block("q1").replace("alternatives = []", 'alternatives = ["theatre nurse"]')),
    )
    assert read(write(role)) == role
    assert "q4" not in {item.id for item in role.qualifications}
    assert len(edits_of(role)) == 2


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("q1", "weight = 1.0", "weight = 2.5", "weight of q1 1 → 2.5"),
        ("q1", 'kind = "required"', 'kind = "responsibility"', "q1 required → responsibility"),
        ("q1", "min_years = 3.0", "min_years = 2", "least years of q1 3 → 2"),
        ("q2", 'degree = "bachelor"', 'degree = "master"', "degree of q2 bachelor → master"),
        ("q2", '"nursing"', '"nursing", "midwifery"', "fields of study of q2 nursing → nursing; midwifery"),
        ("q4", "keep = true", "keep = false", "q4 removed (“Calm in an emergency”)"),
        ("q4", "Calm in", "Calm and clear in", "q4 reworded (“Calm and clear in an emergency”)"),
        ("q4", "alternatives = []", 'alternatives = ["Triage"]', "q4 also as “Triage”"),
        ("q5", "constraints.any_language = true", "", "“any language” of q5 yes → no"),
        ("q6", "weight = 0.5\n", "weight = 0\n", "weight of q6 0.5 → 0"),
    ],
)
def test_each_kind_of_change_is_told(name: str, old: str, new: str, said: str) -> None:
    """What differs from the parser's reading is named with the qualification, before and after."""
    assert old in block(name)
    role = edited((block(name), block(name).replace(old, new)))
    assert said in [edit.text for edit in edits_of(role)]
    assert edits_line(role).startswith("Edited by a person: ")
    assert role.parsed is not None
    assert plain(role.parsed) == plain(ROLE)


def test_a_changed_kind_takes_its_weight_along_unless_a_person_gave_one() -> None:
    """A weight left as it was read follows the kind; one that was changed or a kind that was not, stays."""
    one = block("q1").replace('"required"', '"preferred"')
    assert edited((block("q1"), one)).qualifications[0].weight == 0.5
    assert edited((block("q1"), one.replace("weight = 1.0", "weight = 3"))).qualifications[0].weight == 3.0
    assert edited((block("q1"), one.replace("weight = 1.0\n", ""))).qualifications[0].weight == 0.5
    assert edited((block("q5"), block("q5").replace("weight = 0.3\n", ""))).qualifications[4].weight == 0.3


def test_a_qualification_is_added_and_a_deleted_block_is_one_removed() -> None:
    """A block of the person's own has no place in the posting; one that is gone was removed."""
    own = '[[qualifications]]\nid = "night"\nkind = "required"\ntext = "Works nights"\n'
    role = edited((block("q4"), own))
    added = next(item for item in role.qualifications if item.id == "night")
    assert (added.span, added.weight, added.kind) == (None, 1.0, QualificationKind.REQUIRED)
    assert [edit.text for edit in edits_of(role)] == [
        "q4 removed (“Calm in an emergency”)",
        "night added as required with weight 1 (“Works nights”)",
    ]


def test_clauses_are_shown_as_read_and_can_be_corrected() -> None:
    """Behind a # stand the clauses of the text; without it they are the person's own, in either form."""
    asked = 'clauses = ["Epic", "Cerner", "Meditech"]\n# any_clause = true'
    assert f"# {asked}" in TOML
    assert ROLE.qualifications[6].clauses is None
    for new, clauses, any_clause, said in (
        ('clauses = ["Epic", "Cerner"]', ("Epic", "Cerner"), False, "all of “Epic”, “Cerner”"),
        (
            'clauses = ["Epic", "Oracle"]\nany_clause = true',
            ("Epic", "Oracle"),
            True,
            "any of “Epic”, “Oracle”",
        ),
        ("clauses = []", (), False, "one whole"),
    ):
        role = edited((f"# {asked}", new))
        assert (role.qualifications[6].clauses, role.qualifications[6].any_clause) == (clauses, any_clause)
        assert edits_line(role) == f"Edited by a person: clauses of q7: {said}."
        assert read(role_to_toml(role)) == read(role_to_json(role)) == role


def test_title_and_terms_can_be_corrected() -> None:
    """The role's own values are changed and told too."""
    role = edited(
        ('title = "Night Ward Nurse"', 'title = "Ward Nurse"'),
        ("[logistics]", '[logistics]\nwork_mode = "onsite"\nsalary_min = 52000'),
    )
    assert (role.title, role.logistics.salary_min) == ("Ward Nurse", 52000.0)
    assert edits_line(role) == (
        "Edited by a person: title Night Ward Nurse → Ward Nurse; work mode none → onsite; "
        "salary min none → 52000."
    )


def line_with(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "required"', 'kind = "requird"', "kind is one of required, preferred, responsibility"),
        ("weight = 1.0", "weight = -1", "weight is a number from 0 to 1,000,000"),
        ("weight = 1.0", 'weight = "high"', "weight is a number: write it without quotes"),
        ("weight = 1.0", "weight = nan", "weight is a number from 0"),
        ("weight = 1.0", "wieght = 1.0", "this key is not known here"),
        ("keep = true", 'keep = "yes"', "keep is true or false"),
        ("alternatives = []", 'alternatives = "one"', "alternatives is a list"),
        ("alternatives = []", "alternatives = [1]", "each entry of alternatives is a text"),
        ("constraints.min_years = 3.0", "constraints.min_years = 900", "min_years is a number from 0 to"),
        ("constraints.min_years = 3.0", "constraints.years = 3", "this key is not known here"),
        ('constraints.degree = "bachelor"', 'constraints.degree = "BSc"', "degree is one of high_school"),
        ('id = "q2"', 'id = "q1"', "the id q1 is given twice"),
        ('id = "q2"', 'id = "q 2"', "an id of letters, digits"),
        ('title = "Night Ward Nurse"', "title = 7", "title is a text"),
        ('schema = "matcher.role/1"', 'schema = "matcher.role/9"', "this version reads matcher.role/1"),
        ('sha256 = "', 'sha256 = "no', "sha256 has 64 hex digits"),
        ("keep = true", "keep = tru", "this is no TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, said: str) -> None:
    """The error names the line on which the wrong value stands, and what may stand there."""
    before, after = TOML.split("\n" + old, 1)  # at the start of a line: the notes name keys too
    with pytest.raises(RoleFileError, match=said) as caught:
        read(f"{before}\n{new}{after}")
    assert f"Line {before.count(chr(10)) + 2} of the role file" in caught.value.message
    assert caught.value.code == "bad_role_file"


def test_a_mistake_in_json_is_told_with_its_line() -> None:
    """The same for JSON, values and syntax."""
    text = role_to_json(ROLE).replace('"kind": "preferred"', '"kind": "nice"', 1)
    with pytest.raises(RoleFileError, match="kind is one of") as caught:
        read(text)
    assert f"Line {line_with(text, 'nice')} of" in caught.value.message
    broken = role_to_json(ROLE).replace('"keep": true', '"keep": true true', 1)
    with pytest.raises(RoleFileError, match=f"Line {line_with(broken, 'true true')} of the role file"):
        read(broken)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("keep = true", "keep = false"), "no qualification is kept"),
        (lambda text: re.sub(r"weight = [\d.]+", "weight = 0", text), "0"),
        (lambda text: text[: text.index("[parsed]")], "parser read is missing"),
        (lambda text: text[: text.index("[posting]")], "64 hex digits"),
        (lambda text: text.replace("alternatives = []", f"alternatives = {['a'] * 51}"), "limit is 50"),
        (lambda text: text.replace("Calm in", "a" * 6000, 1), "limit is 5,000"),
    ],
)
def test_a_file_that_says_too_little_or_too_much_is_refused(change: Callable[[str], str], said: str) -> None:
    """Nothing to rank by, parts missing, and texts or lists over their limits are typed errors."""
    with pytest.raises(RoleFileError, match=said):
        read(change(TOML))


def test_hostile_files_end_in_a_typed_error_and_in_time() -> None:
    """Deep nesting, endless digits, other encodings, doubled keys and sheer size cost little."""
    schema = 'schema = "matcher.role/1"\n'
    files = [
        schema + "a = " + "[" * 100_000,
        schema + "a = " + "{b=" * 50_000,
        schema + "a = " + "9" * 10_000,
        schema + 'a = """' + '"' * 2 + "\\" * 99_999,
        schema + ".".join("a" * 2_000) + " = 1",
        schema + "[[qualifications]]\n" * 3_000,
        schema + "x = 1\n" * 2,
        '{"schema": "matcher.role/1", "a": ' + "[" * 100_000,
        '{"schema": "matcher.role/1", "a": ' + "9" * 10_000 + "}",
        '{"schema": "matcher.role/1", "schema": "matcher.role/1"}',
        '{"schema": "matcher.role/1", "a": NaN}',
        '{"schema": "matcher.role/1"',
        schema + "a" * 3_000_000,
    ]
    started = time.process_time()
    for text in files:
        with pytest.raises(RoleFileError):
            read(text)
    with pytest.raises(RoleFileError, match="UTF-8"):
        read(schema.encode() + b'title = "\xff"')
    assert time.process_time() - started < 10


def test_wordings_count_towards_the_limit_on_qualifications() -> None:
    """Each wording is searched for as a qualification is, so both together are limited."""
    text = TOML.replace("alternatives = []", 'alternatives = ["a", "b", "c"]')
    with pytest.raises(RoleError, match="32 qualifications, wordings and clauses of a role file included"):
        read(text, Limits(max_qualifications=20))


def test_a_role_file_is_known_by_its_content() -> None:
    """A byte order mark, Windows line ends and a key before the schema hide nothing; a mention is no file."""
    assert plain(read(b"\xef\xbb\xbf" + TOML.replace("\n", "\r\n").encode())) == plain(ROLE)
    values = role_file_values(ROLE)
    assert plain(read(json.dumps(dict(reversed(values.items()))))) == plain(ROLE)
    assert not is_role_file(b'Requirements\n- Writes schema = "matcher.role/1" files daily\n')
    assert not is_role_file(b'{"@type": "JobPosting", "description": "schema matcher.role/1"}')


@settings(derandomize=True, max_examples=80, deadline=timedelta(seconds=5))
@given(
    posting=st.text(max_size=60),
    asked=st.text(max_size=40).map(lambda text: " ".join(text.split())).filter(bool),
    title=st.none() | st.text(max_size=30).map(lambda text: " ".join(text.split()) or None),
)
def test_any_text_comes_back_from_either_form(posting: str, asked: str, title: str | None) -> None:
    """Quotes, backslashes, control characters, line ends and other scripts survive both forms."""
    posting, asked = (text.encode("utf-8", "replace").decode() for text in (posting, asked))
    document = Document(posting, "text/plain", "0" * 64, (Line(Span(0, len(posting))),))
    wanted = replace(
        ROLE.qualifications[0],
        text=asked,
        span=Span(0, len(posting)),
        constraints=replace(ROLE.qualifications[1].constraints, degree=DegreeLevel.MASTER),
    )
    wanted = replace(wanted, constraints=replace(wanted.constraints, licences=(asked,)))
    role = Role(document, "r" + "0" * 16, title, None, (wanted,), Logistics(location=asked))
    for write in (role_to_toml, role_to_json):
        back = read(write(role))
        assert back.document.text == posting
        assert plain(back) == plain(role)


TRICKY = """a = {b = [1, 2]}
s = \'\'\'
[[t]]
x = 1
\'\'\'
[[t]] # [[t]]
x = 1 # ]
l = [
  [1], "]", # "
]
[[t]]
'c'."d" = '[[t]]'
[t.e]
f = "\\""
[u]
z = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a", "b"), 1),
        (("s",), 2),
        (("t", 0), 6),
        (("t", 0, "x"), 7),
        (("t", 0, "l", 0), 8),
        (("t", 1), 11),
        (("t", 1, "c", "d"), 12),
        (("t", 1, "e", "f"), 14),
        (("u", "z"), 16),
        (("nowhere",), 1),
    ],
)
def test_lines_are_found_behind_strings_lists_and_comments(path: tuple[str | int, ...], line: int) -> None:
    """What looks like a header or a key within a text, a list or a comment is none."""
    tomllib.loads(TRICKY)
    assert line_of(TRICKY, path, is_json=False) == line
