"""Item codes, licence names, terms and page furniture, in the wordings that postings use."""

import pytest
from test_roles_parse import document, items

from matcher.roles import parse
from matcher.roles.constraints import constraints
from matcher.types import Box, Document, Line, QualificationKind, Span

REQUIRED, PREFERRED, DUTY = QualificationKind
ASKED = "Requirements\n• Knots\n• Charts\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("E1 ", "E2 "),
        ("D1.", "D2."),
        ("A.1  ", "A.2  "),
        ("• (a) ", "• (b) "),
        ("1.1 ", "1.2 "),
        ("EC1: ", "EC2: "),
    ],
)
def test_codes_that_count_up_are_not_part_of_the_items(first: str, second: str) -> None:
    """Codes of person specifications are markers, however they are written."""
    text = f"Diver\n\nEssential\n{first} A commercial ticket\n{second} Good sight\n"
    assert items(parse(document(text))) == [(REQUIRED, "A commercial ticket"), (REQUIRED, "Good sight")]


def test_words_that_only_look_like_a_code_stay() -> None:
    """A level of language or an ordinal number on its own is part of the item."""
    text = "Lehrer\n\nRequirements\n• C1 English\n• 2. Staatsexamen\n• P6 scheduling"
    assert [q for _, q in items(parse(document(text)))] == ["C1 English", "2. Staatsexamen", "P6 scheduling"]


def test_a_code_in_a_table_cell_states_nothing() -> None:
    """The criterion beside the code is the item, of the kind in its row."""
    text = "Diver\n\nNo\tCriterion\tE/D\n1\tA commercial ticket\tE\n2\tWelsh\tD"
    found = items(parse(document(text)))
    assert (REQUIRED, "A commercial ticket") in found
    assert (PREFERRED, "Welsh") in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Certified associate of a bookbinders' guild", "Certified associate of a bookbinders' guild"),
        ("Certified tunnel inspector", "Certified tunnel inspector"),
        ("Licensed crane operator in Nevada", "Licensed crane operator"),
        ("Registered veterinary nurse with two years of practice", "Registered veterinary nurse"),
        ("Admitted to practise in Nova Scotia", "Nova Scotia bar"),
        ("NVQ Level 3 in stonemasonry or similar", "NVQ Level 3 in stonemasonry"),
        ("Security Check (SC) clearance is required", "Security Check (SC) clearance"),
    ],
)
def test_a_licence_is_named_by_its_whole_noun_phrase(text: str, name: str) -> None:
    """The name goes up to the noun for a person and what it is of, and not past it."""
    assert constraints(text).licences == (name,)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Place: Groningen, the Netherlands. We share one office.", "Groningen, the Netherlands"),
        ("Where: Aberystwyth", "Aberystwyth"),
        ("Based in: Cádiz, Spain", "Cádiz, Spain"),
        ("Office: Truro or Exeter", "Truro or Exeter"),
        ("Site: the old mill, Hexham, Northumberland", "Hexham, Northumberland"),
        ("Standort: Passau", "Passau"),
        ("Lieu : Annecy", "Annecy"),
        ("Location: Anywhere in the U.S. (remote)", "Anywhere in the U.S. (remote)"),
        ("Location\nUllapool", "Ullapool"),
    ],
)
def test_a_labelled_place_is_read(line: str, place: str) -> None:
    """The first statement after the label, also under a heading and after the requirements."""
    assert parse(document(f"Sailor\n\n{ASKED}\n{line}")).logistics.location == place


@pytest.mark.parametrize(
    ("line", "pay"),
    [
        ("EUR 58,000 to 70,000 per year", (58_000, 70_000, "EUR", "year")),
        ("$34 - $43 per hour, health insurance", (34, 43, "USD", "hour")),
        ("Main Pay Range £32,000 - £49,000", (32_000, 49_000, "GBP", "year")),
        ("Salary $72,000 to $86,000 with housing.", (72_000, 86_000, "USD", "year")),
        ("₹ 18-27 Lacs P.A.", (1_800_000, 2_700_000, "INR", "year")),
        ("R18 000 - R24 000 per month", (18_000, 24_000, "ZAR", "month")),
        ("42,000 to 50,000 euros a year", (42_000, 50_000, "EUR", "year")),
        ("You manage $20,000 to $90,000 of stock.", (None, None, None, None)),
    ],
)
def test_pay_is_read_wherever_a_sentence_opens_with_it(line: str, pay: tuple[object, ...]) -> None:
    """Under the requirements too, where a posting has no heading for pay."""
    terms = parse(document(f"Sailor\n\n{ASKED}\n{line}")).logistics
    assert (terms.salary_min, terms.salary_max, terms.salary_currency, terms.salary_period) == pay


def test_a_rate_for_a_piece_of_work_is_no_pay_for_time() -> None:
    """ "Per session" has no period that pay could be compared by."""
    assert parse(document(f"Sailor\n£14 - £15 per voyage\n\n{ASKED}")).logistics.salary_min is None


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Pastry Chef - Auberge du Vieux Moulin, Sutton, Québec", ("Pastry Chef", "Auberge du Vieux Moulin")),
        ("Teacher of Art\nYsgol Bro Wen, Powys", ("Teacher of Art", "Ysgol Bro Wen")),
    ],
)
def test_title_company_and_place_in_one_line_are_told_apart(title: str, named: tuple[str, str]) -> None:
    """A company's own word (auberge, ysgol) tells it from a place."""
    role = parse(document(f"{title}\n\n{ASKED}"))
    assert (role.title, role.company) == named


def test_a_lead_in_that_says_nothing_alone_is_left_out() -> None:
    """ "Experience with", above a nested list, is no qualification; one with years is."""
    text = "Sailor\n\nRequirements\n• Experience with:\n  • Gaff rigs\n• 3 years of work with\n  • Sextants\n"
    found = [q for _, q in items(parse(document(text)))]
    assert found == ["Gaff rigs", "3 years of work with", "Sextants"]


def test_clearances_among_the_conditions_are_required_and_checks_are_not() -> None:
    """A licence or clearance is asked of the person; travel and screening are terms."""
    text = (
        f"Sailor\n\n{ASKED}\nConditions of employment\n• Secret security clearance\n"
        "• A boat master's licence\n• Travel up to 25%\n• Pre-employment background check\n• DBS check"
    )
    assert items(parse(document(text)))[2:] == [
        (REQUIRED, "Secret security clearance"),
        (REQUIRED, "A boat master's licence"),
    ]


def test_a_clause_on_checks_made_on_hiring_is_cut_off() -> None:
    """What comes before it stays the qualification, and the check is no licence to hold."""
    text = (
        "Sailor\n\nEssential\n• Care for young crews; appointment is subject to an enhanced DBS certificate"
    )
    role = parse(document(text))
    assert items(role) == [(REQUIRED, "Care for young crews")]
    assert not role.qualifications[0].constraints


def test_menus_and_other_jobs_of_a_page_are_not_read() -> None:
    """Links around a posting, cookie notices and lists of similar jobs give no item and no term."""
    text = (
        "We use cookies to measure visits. Manage your cookie settings.\n• Home\n• Upload your CV\n"
        f"Rigger\nCapstan Yard\n\n{ASKED}• Privacy policy\n• About us\n\n"
        "Similar jobs\n• Deck hand, Kiel, €19 per hour\n• Bosun, Cowes\n"
    )
    role = parse(document(text))
    assert items(role) == [(REQUIRED, "Knots"), (REQUIRED, "Charts")]
    assert role.logistics.salary_min is None


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Desired Candidate Profile", REQUIRED),
        ("It would help if you:", PREFERRED),
        ("WHO WE HAVE IN MIND", REQUIRED),
        ("You will fit in if you have...", REQUIRED),
        ("Helpful, though not needed", PREFERRED),
        ("What the shift looks like", DUTY),
    ],
)
def test_more_headings_name_their_kind(heading: str, kind: QualificationKind) -> None:
    """Wordings of job boards and of small employers."""
    text = f"Sailor\n\n{heading}\n• Splicing wire rope\n• Night watches"
    assert {found for found, _ in items(parse(document(text)))} == {kind}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ability to teach through the medium of Welsh", ("Welsh",)),
        ("Dutch or Polish makes the briefing easier", ("Dutch", "Polish")),
        ("German or French is a big plus", ("German", "French")),
    ],
)
def test_languages_are_read_in_more_wordings(text: str, names: tuple[str, ...]) -> None:
    """A language that opens the sentence, or is the medium of teaching."""
    assert constraints(text).languages == names


def test_a_nested_list_whose_bullets_are_drawn_is_read_item_by_item() -> None:
    """In a PDF from a browser, nested items have no bullet: they are set in, and the line above had room."""
    rows = [
        (50, 90, "Sailor"),
        (50, 130, "Requirements"),
        (60, 200, "• A habit of checking:"),
        (100, 260, "ropes before every watch"),
        (100, 240, "pumps after every watch"),
        (60, 500, "• Charts of the coast, tide tables and the log, all kept to the hour and in"),
        (100, 180, "ink"),
    ]
    text, lines = "", []
    for number, (left, right, words) in enumerate(rows):
        box = Box(left, 100 + 20 * number, right, 112 + 20 * number)
        lines.append(Line(Span(len(text), len(text) + len(words)), page=1, box=box))
        text += words + "\n"
    found = parse(Document(text, "application/pdf", "0" * 64, tuple(lines)))
    assert [q for _, q in items(found)] == [
        "A habit of checking:",
        "ropes before every watch",
        "pumps after every watch",
        "Charts of the coast, tide tables and the log, all kept to the hour and in ink",
    ]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("No experience is needed, because we teach everybody.", []),
        ("Any other duties as assigned.", []),
        ("What we ask is that you can swim.", [(REQUIRED, "What we ask is that you can swim.")]),
        ("Some 40 boats come in each day, and every berth must be free by noon.", []),
    ],
)
def test_a_sentence_is_taken_only_when_it_asks_for_something(
    sentence: str, found: list[tuple[QualificationKind, str]]
) -> None:
    """What is not needed, or must happen at the employer's, is no requirement."""
    text = f"Sailor\n\nThe yard has three docks and a long slipway. {sentence}\n\n{ASKED}"
    assert items(parse(document(text)))[:-2] == found


def test_catch_all_duties_are_left_out() -> None:
    """ "Other duties as assigned" names no duty."""
    text = f"Sailor\n\nDuties\n• Keep the log\n• Perform other related duties as assigned\n\n{ASKED}"
    assert items(parse(document(text)))[0] == (DUTY, "Keep the log")
    assert len(items(parse(document(text)))) == 3


@pytest.mark.parametrize(
    ("text", "years"),
    [("A year or more in a boatyard", 1), ("Over a year of sailing experience", 1), ("A year abroad", None)],
)
def test_a_year_in_words_is_a_year(text: str, years: float | None) -> None:
    """The article counts where experience is meant."""
    assert constraints(text).min_years == years


def test_a_title_below_a_menu_is_the_title() -> None:
    """The one largest heading of a page begins its header; a menu and a trail of links above do not."""
    lines = [
        "BoatJobs Search Post a vacancy",
        "Vacancies / Sailing / Kiel",
        "Rigger",
        "Capstan Yard Ltd | Kiel, Germany",
    ]
    text, found = "", []
    for words in [*lines, "Requirements", "• Knots", "• Charts"]:
        size = {"Rigger": 20.0, "Requirements": 13.0}.get(words, 11.0)
        found.append(Line(Span(len(text), len(text) + len(words)), size=size, bold=size > 11))
        text += words + "\n"
    role = parse(Document(text, "text/html", "0" * 64, tuple(found)))
    assert (role.title, role.company, role.logistics.location) == (
        "Rigger",
        "Capstan Yard Ltd",
        "Kiel, Germany",
    )


def test_one_day_a_month_elsewhere_is_still_remote() -> None:
    """Days per week make a job hybrid, days per month do not."""
    text = f"Sailor\nRemote, one day a month in Kiel\n\n{ASKED}"
    assert parse(document(text)).logistics.work_mode == "remote"


def test_a_list_in_unknown_words_after_the_duties_is_what_they_ask_for() -> None:
    """Order tells what the heading does not."""
    text = "Sailor\n\nDuties\n• Keep the log\n\nSeaworthy\n• Sharp eyes\n• Warm gloves\n\nPay\n• €19 per hour"
    found = items(parse(document(text)))
    assert found == [(DUTY, "Keep the log"), (REQUIRED, "Sharp eyes"), (REQUIRED, "Warm gloves")]


def test_requirements_that_run_in_prose_are_cut_at_sentences_and_preferences() -> None:
    """One semicolon in a paragraph of sentences makes no enumeration; the firm half stays firm."""
    text = (
        "Sailor\n\nThe Town of Oakhaven, Maine needs a sailor for the ferry and the pilot boats.\n"
        "Qualifications: A mate's licence; a master's licence preferred. Knowledge of the bay. "
        "Ability to row.\n"
    )
    role = parse(document(text))
    assert items(role) == [
        (REQUIRED, "A mate's licence"),
        (PREFERRED, "a master's licence preferred."),
        (REQUIRED, "Knowledge of the bay."),
        (REQUIRED, "Ability to row."),
    ]
    assert role.company == "Town of Oakhaven"


def test_experience_with_children_is_no_check() -> None:
    """The check is a name; the work is not."""
    assert constraints("Three years of working with children").licences == ()
    assert constraints("Working with Children Check").licences == ("Working with Children Check",)
