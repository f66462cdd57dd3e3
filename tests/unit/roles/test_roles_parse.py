"""A posting as a whole: sections, wrapped lines, prose, terms, and the laws."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.documents import read
from matcher.errors import NoQualificationsError
from matcher.roles import parse
from matcher.types import Document, Line, QualificationKind, Role, Span, WorkMode

ROLES = Path(__file__).parents[3] / "data" / "fixtures" / "roles"
POSTINGS = [
    path
    for folder in ("authored", "worldwide")
    for path in sorted((ROLES / folder).iterdir())
    if not path.name.endswith(".gold.json")
]
REQUIRED, PREFERRED, DUTY = QualificationKind


def document(text: str, *embedded: str) -> Document:
    """A Document of plain text as the readers make it: no line for a blank one."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Line(Span(at, at + len(line))))
        at += len(line) + 1
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(text, "text/plain", digest, tuple(lines), embedded=embedded)


def items(role: Role) -> list[tuple[QualificationKind, str]]:
    return [(q.kind, q.text) for q in role.qualifications]


POSTING = """Boat Builder

Saltmarsh Yard
Woodbridge, Suffolk

About us
Saltmarsh has built wooden boats for 60 years and employs nine people.

What you'll do
• Plank, fair and caulk hulls up to 12 metres
• Teach the apprentice

Essential criteria
• At least 3 years in a boatyard
• Comfortable at the top of a ladder, in January, with
  both hands full
• Woodwork required; metalwork a plus

Nice to have
• A driving licence

What we offer
• £31,000 - £36,500 per annum
• 30 days of holiday

We are an equal opportunity employer. Travel is about 5% of the time, and we cannot sponsor visas."""


def test_headings_give_kinds_and_wrapped_lines_are_rejoined() -> None:
    """Duties, requirements and preferences by heading; benefits and notices are none of them."""
    role = parse(document(POSTING))
    assert items(role) == [
        (DUTY, "Plank, fair and caulk hulls up to 12 metres"),
        (DUTY, "Teach the apprentice"),
        (REQUIRED, "At least 3 years in a boatyard"),
        (REQUIRED, "Comfortable at the top of a ladder, in January, with both hands full"),
        (REQUIRED, "Woodwork required"),
        (PREFERRED, "metalwork a plus"),
        (PREFERRED, "A driving licence"),
    ]
    assert [q.id for q in role.qualifications] == [f"q{n}" for n in range(1, 8)]
    assert [q.weight for q in role.qualifications] == [0.0, 0.0, 1.0, 1.0, 1.0, 0.5, 0.3]


def test_the_terms_of_the_job_are_read() -> None:
    """Title, company, place, pay, visa and travel, each from where postings say it."""
    role = parse(document(POSTING))
    terms = role.logistics
    assert (role.title, role.company, terms.location) == (
        "Boat Builder",
        "Saltmarsh Yard",
        "Woodbridge, Suffolk",
    )
    assert (terms.salary_min, terms.salary_max) == (31_000, 36_500)
    assert (terms.salary_currency, terms.salary_period) == ("GBP", "year")
    assert (terms.visa_sponsorship, terms.travel_percent, terms.work_mode) == (False, 5, None)


def test_prose_without_bullets_gives_duties_requirements_and_preferences() -> None:
    """Sentences are told apart by what they say of the candidate and the job."""
    text = """Archivist

Fenland Record Office keeps the papers of 300 parishes and was founded in 1931.

The Archivist will catalogue new deposits and answer enquiries. You will train two volunteers.

Candidates must hold a postgraduate diploma in archives. We expect at least two years in a record
office. Latin is an advantage.

We pay £29,000 a year, and the holiday allowance is 27 days. We welcome applications from everyone."""
    assert items(parse(document(text))) == [
        (DUTY, "The Archivist will catalogue new deposits and answer enquiries."),
        (DUTY, "You will train two volunteers."),
        (REQUIRED, "Candidates must hold a postgraduate diploma in archives."),
        (REQUIRED, "We expect at least two years in a record office."),
        (PREFERRED, "Latin is an advantage."),
    ]


def test_an_education_line_among_the_terms_is_a_requirement() -> None:
    """What a posting requires of the person is a qualification wherever it stands."""
    text = """Analyst

Responsibilities:
• Build models

You may be a good fit if you:
• Enjoy numbers

Logistics
Education requirements: We require at least a Bachelor's degree or equivalent experience.
Visa sponsorship: We do sponsor visas! We make every effort."""
    role = parse(document(text))
    assert items(role)[-1] == (REQUIRED, "We require at least a Bachelor's degree or equivalent experience.")
    assert role.logistics.visa_sponsorship is True


def test_instructions_to_applicants_are_no_qualifications() -> None:
    """A list of what to put into the application is not what the job needs."""
    text = """Ranger

Qualifications
For each job on your resume, provide:
• The exact dates you held each job
• Hours per week

Specialized experience is defined as follows:
• Leading guided walks"""
    assert items(parse(document(text))) == [(REQUIRED, "Leading guided walks")]


def test_duties_weigh_when_there_is_nothing_else() -> None:
    """A posting of duties alone is matched by its duties."""
    role = parse(document("Porter\n\nDuties\n• Move patients between wards\n• Keep the stores in order"))
    assert [q.weight for q in role.qualifications] == [1.0, 1.0]


def test_identical_items_count_once_and_the_firmer_kind_stays() -> None:
    """The same words under two headings are one qualification."""
    text = "Nurse\n\nNice to have\n• First aid training\n\nRequirements\n• First aid training\n• Kindness"
    assert items(parse(document(text))) == [(REQUIRED, "First aid training"), (REQUIRED, "Kindness")]


def test_embedded_job_posting_fields_outrank_the_text() -> None:
    """Title, company, place, pay and remote work come from JSON-LD where a page carries it."""
    posting = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "JobPosting",
                "title": "Pressure Welder",
                "hiringOrganization": {"name": "Coppercreek"},
                "jobLocation": {"address": {"addressLocality": "Red Deer", "addressRegion": "AB"}},
                "jobLocationType": "TELECOMMUTE",
                "baseSalary": {
                    "currency": "CAD",
                    "value": {"minValue": 38, "maxValue": "46", "unitText": "HOUR"},
                },
            }
        ],
    }
    role = parse(
        document("Welder wanted\n\nRequirements\n• A pressure ticket", json.dumps(posting), "{broken")
    )
    terms = role.logistics
    assert (role.title, role.company, terms.location) == ("Pressure Welder", "Coppercreek", "Red Deer, AB")
    assert (terms.salary_min, terms.salary_max, terms.salary_currency, terms.salary_period) == (
        38,
        46,
        "CAD",
        "hour",
    )
    assert terms.work_mode is WorkMode.REMOTE


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "1e999", float("nan"), 10**400, True])
def test_a_salary_that_is_no_finite_number_is_unknown(figure: object) -> None:
    """What JSON-LD gives as pay is a finite number or nothing: no report can be written with NaN."""
    salary = {"currency": "USD", "value": {"minValue": figure, "unitText": "HOUR"}}
    posting = {"@type": "JobPosting", "title": "Welder", "baseSalary": salary}
    role = parse(document("Welder wanted\n\nRequirements\n• A pressure ticket", json.dumps(posting)))
    assert role.logistics.salary_min is None


@pytest.mark.parametrize(
    ("line", "pay"),
    [
        ("Salary: $98,000–$121,000 a year", (98_000, 121_000, "USD", "year")),
        ("The hourly range is $38.50 to $56.20, plus a differential of $4.25.", (38.5, 56.2, "USD", "hour")),
        ("41.500 € bis 48.200 € brutto im Jahr", (41_500, 48_200, "EUR", "year")),
        ("Salary £45k to £52k per annum", (45_000, 52_000, "GBP", "year")),
        ("CTC of 28-36 LPA", (2_800_000, 3_600_000, "INR", "year")),
        ("$88,000 to $102,000 CAD per year", (88_000, 102_000, "CAD", "year")),
        ("S$3,800 to S$4,600 per month", (3_800, 4_600, "SGD", "month")),
        ("You will manage a budget of $450,000.", (None, None, None, None)),
    ],
)
def test_pay_is_read_in_the_formats_of_its_country(line: str, pay: tuple[object, ...]) -> None:
    """Symbols, codes, thousands by comma, point or k; a budget is no pay."""
    terms = parse(document(f"Cook\n\nRequirements\n• Knife skills\n\nPay\n{line}")).logistics
    assert (terms.salary_min, terms.salary_max, terms.salary_currency, terms.salary_period) == pay


@pytest.mark.parametrize(
    "text", ["", "Hello.", "We sell tea.\n\nWe like tea a lot and always have.", "•\n•\n"]
)
def test_a_text_that_asks_for_nothing_is_a_typed_error(text: str) -> None:
    """No qualification is an error of its own, not an empty role."""
    with pytest.raises(NoQualificationsError, match="No qualification was found"):
        parse(document(text))


def test_the_role_id_comes_from_the_content_alone() -> None:
    """Sixteen digits of the file's hash, and the same for the same bytes."""
    one, two = parse(document(POSTING)), parse(document(POSTING))
    assert one == two
    assert one.role_id == "r" + hashlib.sha256(POSTING.encode()).hexdigest()[:16]


PIECES = (
    "Requirements|Nice to have:|•|  •|- |1)|5+ years|Python required; Go a plus|(|a; b|You will lead.|"
    "must have|preferred|REQUIRED|Bachelor's degree|é|\u202e|X.X.X.|\n|\n\n|\t"
)
WORDS = st.sampled_from(PIECES.split("|"))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(WORDS | st.text(max_size=12), max_size=40).map(" ".join))
def test_every_span_quotes_the_posting(text: str) -> None:
    """Span law: the folded text at a span is the qualification's; any text gives a role or our error."""
    try:
        role = parse(document(text.replace("\r", " ")))
    except NoQualificationsError:
        return
    for number, qualification in enumerate(role.qualifications, 1):
        span = qualification.span
        assert span is not None
        assert " ".join(role.document.text[span.start : span.end].split()) == qualification.text
        assert qualification.text
        assert qualification.id == f"q{number}"
    starts = [q.span.start for q in role.qualifications if q.span is not None]
    assert starts == sorted(starts)


@pytest.mark.parametrize("path", POSTINGS, ids=lambda path: path.stem)
def test_fixture_postings_give_their_gold_qualifications(path: Path) -> None:
    """Nearly all gold qualifications with the right kind, none invented, and no trap taken."""
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    found = {(kind.value, text) for kind, text in items(parse(read(path.read_bytes())))}
    wanted = {(q["kind"], q["text"].replace("**", "")) for q in gold["qualifications"]}
    assert len(found & wanted) >= 0.95 * max(len(found), len(wanted))
    assert not {text for _, text in found} & set(gold["not_qualifications"])
