from dataclasses import replace
from datetime import date

import pytest

from matcher.matching.checks import Outcome
from matcher.matching.degree_facts import check_degree
from matcher.matching.facts import check_all, check_languages, check_years
from matcher.matching.licence_facts import check_licences
from matcher.types import (
    Constraints,
    DegreeLevel,
    Document,
    Education,
    LanguageSkill,
    Licence,
    PartialDate,
    Period,
    Position,
    Qualification,
    QualificationKind,
    Resume,
    Span,
)

TODAY = date(2026, 6, 15)
HERE = Span(0, 1)


def job(start: tuple[int, int], end: tuple[int, int] | None) -> Position:
    period = Period(PartialDate(*start), PartialDate(*end) if end else None, current=end is None, span=HERE)
    return Position("Engineer", "Acme", None, period, HERE)


def degree(level: DegreeLevel | None, field: str | None = None, completed: bool | None = None) -> Education:
    return Education(level, field, None, None, HERE, completed)


def test_overlapping_jobs_count_once_towards_the_years_asked() -> None:
    """Two jobs over the same three years are three years: not enough for four."""
    jobs = [job((2020, 1), (2022, 12)), job((2020, 1), (2022, 12))]
    check = check_years(4, jobs, frozenset({0, 1}), TODAY)
    assert check.outcome is Outcome.SHORT
    assert check.share == 36 / 48
    assert "4 years asked; all dated positions together cover 3 years" in check.note


def test_a_current_job_counts_up_to_today() -> None:
    """ "Present" ends on the day that the caller names."""
    jobs = [job((2024, 7), None)]
    assert check_years(2, jobs, frozenset({0}), date(2026, 6, 30)).outcome is Outcome.MET
    assert check_years(2, jobs, frozenset({0}), date(2026, 5, 31)).outcome is Outcome.SHORT


def test_a_long_career_with_little_that_is_relevant_is_for_a_person() -> None:
    """Only positions that support the demand are summed; the rest of the career is not held against it."""
    jobs = [job((2010, 1), (2019, 12)), job((2020, 1), (2020, 12))]
    check = check_years(2, jobs, frozenset({1}), TODAY)
    assert (check.outcome, check.share) == (Outcome.PARTLY, 0.5)


def test_the_positions_that_were_counted_are_named() -> None:
    """A reader can check which jobs made up the years, also where no title could be read."""
    nameless = Position(None, "Acme", None, job((2022, 1), (2023, 12)).period, HERE)
    check = check_years(3, [job((2020, 1), (2021, 12)), nameless], frozenset({0, 1}), TODAY)
    assert check.note == (
        "3 years asked; 4 years in positions recognised as relevant"
        " (Engineer, Jan 2020 – Dec 2021; Jan 2022 – Dec 2023)"
    )


def test_a_position_without_dates_leaves_the_years_open() -> None:
    """How long an undated job lasted is unknown, so the resume does not state less than is asked."""
    jobs = [job((2020, 1), (2020, 12)), Position("Engineer", "Other", None, None, HERE)]
    check = check_years(4, jobs, frozenset({0, 1}), TODAY)
    assert (check.outcome, check.share) == (Outcome.PARTLY, 0.25)
    assert "cover 1 year; how long 1 more lasted is not stated" in check.note


def test_no_dates_means_silent_not_short() -> None:
    """A resume without dates states nothing about years."""
    jobs = [Position("Engineer", None, None, None, HERE)]
    assert check_years(2, jobs, frozenset({0}), TODAY).outcome is Outcome.SILENT


@pytest.mark.parametrize(
    ("education", "fields", "outcome"),
    [
        ([degree(DegreeLevel.MASTER, "Computer Science")], (), Outcome.MET),
        ([degree(DegreeLevel.BACHELOR, "Civil Engineering")], ("civil engineering",), Outcome.MET),
        ([degree(DegreeLevel.BACHELOR, "History")], ("civil engineering",), Outcome.PARTLY),
        ([degree(DegreeLevel.BACHELOR, "History", completed=False)], (), Outcome.PARTLY),
        ([degree(DegreeLevel.ASSOCIATE, "Nursing")], (), Outcome.SHORT),
        ([degree(None, "Nursing")], (), Outcome.SILENT),
        ([], (), Outcome.SILENT),
    ],
)
def test_level_and_field_of_a_degree_are_judged_apart(
    education: list[Education], fields: tuple[str, ...], outcome: Outcome
) -> None:
    """A bachelor's degree is asked: the level decides, then the field, and silence is no failure."""
    asked = Constraints(degree=DegreeLevel.BACHELOR, degree_fields=fields)
    assert check_degree(asked, education).outcome is outcome


def test_a_field_that_was_not_read_is_not_called_another_field() -> None:
    """Unknown is a value: no field read is said so and counts more than one in a foreign field."""
    asked = Constraints(degree=DegreeLevel.BACHELOR, degree_fields=("nursing",), or_equivalent=True)
    unread = check_degree(asked, [degree(DegreeLevel.BACHELOR)])
    foreign = check_degree(asked, [degree(DegreeLevel.BACHELOR, "Accounting")])
    assert (
        "in nursing asked; states bachelor’s degree: the level is met, the field was not read" in unread.note
    )
    assert "states bachelor’s degree in Accounting: the level is met, the field is another" in foreign.note
    assert "the posting accepts an equivalent" in foreign.note
    assert unread.share > foreign.share


@pytest.mark.parametrize(
    ("written", "field", "asked", "outcome"),
    [
        ("Juris Doctor, magna cum laude, 2015", None, "law", Outcome.MET),
        ("Ph.D. in Computer Science", "Computer Science", "law", Outcome.PARTLY),
        ("Master of Business Administration: Human Resources", "Human Resources", "business", Outcome.MET),
        ("B.Com (Hons) Accounting", "Accounting", "commerce", Outcome.MET),
        ("B.Com (Hons) Accounting", "Accounting", "business", Outcome.MET),
        ("Master of Laws", None, "law", Outcome.MET),
        ("Bachelor of Arts in History, Delhi School of Commerce", "History", "commerce", Outcome.PARTLY),
    ],
)
def test_the_name_of_a_degree_says_its_field(
    written: str, field: str | None, asked: str, outcome: Outcome
) -> None:
    """A law degree is in law and an MBA in business, whatever else they name; a school's name is no field."""
    entry = Education(DegreeLevel.DOCTORATE, field, None, None, Span(0, len(written)))
    demand = Constraints(degree=DegreeLevel.MASTER, degree_fields=(asked,))
    assert check_degree(demand, [entry], written).outcome is outcome


def test_a_high_school_diploma_is_called_by_its_name() -> None:
    """No "high school degree" and no word about a field that nobody asked for."""
    check = check_degree(Constraints(degree=DegreeLevel.HIGH_SCHOOL), [degree(DegreeLevel.HIGH_SCHOOL)])
    assert check.note == "high school diploma asked; states high school diploma"


def test_or_equivalent_leaves_a_lower_degree_without_a_verdict() -> None:
    """Where the posting accepts an equivalent, a lower degree contradicts nothing and is no evidence."""
    asked = Constraints(degree=DegreeLevel.BACHELOR, or_equivalent=True)
    check = check_degree(asked, [degree(DegreeLevel.ASSOCIATE)])
    assert (check.outcome, check.spans) == (Outcome.SILENT, ())
    assert "a person to judge" in check.note


@pytest.mark.parametrize(
    ("others", "complete", "outcome"),
    [
        ([], True, Outcome.SHORT),
        ([degree(None, "Business")], True, Outcome.SILENT),
        ([], False, Outcome.SILENT),
    ],
)
def test_a_lower_level_contradicts_only_where_all_education_was_read(
    others: list[Education], complete: bool, outcome: Outcome
) -> None:
    """An entry of unknown level, or a page that could not be read, may hold the degree that is asked."""
    asked = Constraints(degree=DegreeLevel.BACHELOR)
    school = degree(DegreeLevel.HIGH_SCHOOL)
    assert check_degree(asked, [school, *others], "x", complete=complete).outcome is outcome


def test_a_minor_at_a_school_may_stand_beside_a_degree() -> None:
    """Of an entry with a school and a minor nobody knows what the major led to."""
    asked = Constraints(degree=DegreeLevel.BACHELOR)
    text = "Alder College: Databases / Minor in Music"
    entry = Education(None, "Databases", "Alder College", None, Span(0, len(text)))
    school = degree(DegreeLevel.HIGH_SCHOOL)
    assert check_degree(asked, [school, entry], text).outcome is Outcome.SILENT
    assert check_degree(asked, [school, replace(entry, institution=None)], text).outcome is Outcome.SHORT


def test_a_college_without_a_level_speaks_for_a_high_school_diploma() -> None:
    """Who went to a college has most likely finished school; a person looks."""
    college = replace(degree(None, "Baking"), institution="Alder College")
    assert check_degree(Constraints(degree=DegreeLevel.HIGH_SCHOOL), [college]).outcome is Outcome.PARTLY
    assert check_degree(Constraints(degree=DegreeLevel.BACHELOR), [college]).outcome is Outcome.SILENT
    unnamed = degree(None, "Baking")
    assert check_degree(Constraints(degree=DegreeLevel.HIGH_SCHOOL), [unnamed]).outcome is Outcome.SILENT


@pytest.mark.parametrize(
    ("demand", "field", "outcome", "share"),
    [
        ("in computer science", "Computer Science", Outcome.MET, 1.0),
        ("in computer science", "Software Engineering", Outcome.PARTLY, 0.75),
        ("in computer science or a related field", "Software Engineering", Outcome.MET, 1.0),
        ("in computer science or a related field", "Theatre Studies", Outcome.PARTLY, 0.25),
    ],
)
def test_a_related_field_is_told_from_an_unrelated_one(
    demand: str, field: str, outcome: Outcome, share: float
) -> None:
    """A field of the same family meets "or a related field", and is near where only one field is named."""
    asked = Constraints(degree=DegreeLevel.BACHELOR, degree_fields=("computer science",))
    check = check_degree(asked, [degree(DegreeLevel.BACHELOR, field)], "", f"Degree {demand}")
    assert (check.outcome, check.share) == (outcome, share)


@pytest.mark.parametrize(
    ("field", "share"),
    [
        ("Economics", 1.0),
        ("Finance", 1.0),
        ("Statistics", 0.25),
        ("Public Safety Management", 0.25),
        ("Management", 1.0),
    ],
)
def test_what_is_related_to_business(field: str, share: float) -> None:
    """Economics and finance are; statistics are no business degree, and a word like "management" says nothing
    beside another field, though it stands last."""
    asked = Constraints(degree=DegreeLevel.BACHELOR, degree_fields=("human resources", "business"))
    demand = "Bachelor's degree in human resources, business or a related field"
    assert check_degree(asked, [degree(DegreeLevel.BACHELOR, field)], "", demand).share == share


@pytest.mark.parametrize(
    ("asked", "field", "share"),
    [
        ("Business", "Psychology", 0.25),
        ("Human Resources", "Psychology", 0.75),
        ("Finance", "Anthropology", 0.25),
    ],
)
def test_what_is_related_to_one_field_is_not_related_to_its_neighbours(
    asked: str, field: str, share: float
) -> None:
    """Psychology is near personnel work, and that is near business; psychology is not near business."""
    demand = Constraints(degree=DegreeLevel.BACHELOR, degree_fields=(asked,))
    assert (
        check_degree(demand, [degree(DegreeLevel.BACHELOR, field)], "", f"Degree in {asked}").share == share
    )


def test_an_unfinished_degree_is_judged_by_its_field_too() -> None:
    """A degree that is not completed is partial evidence, and less of it in another field."""
    asked = Constraints(degree=DegreeLevel.BACHELOR, degree_fields=("nursing",))
    near, far = (
        check_degree(asked, [degree(DegreeLevel.BACHELOR, field, completed=False)])
        for field in ("Nursing", "History")
    )
    assert near.outcome is far.outcome is Outcome.PARTLY
    assert near.share > far.share
    assert near.note == "bachelor’s degree asked; states bachelor’s degree in Nursing; not completed"


@pytest.mark.parametrize(
    ("asked", "stated", "expires", "outcome"),
    [
        ("RN license", "Registered Nurse, State of Maine", None, Outcome.MET),
        ("PMP", "Project Management Professional (PMP)", None, Outcome.MET),
        ("Certified Public Accountant", "CPA", None, Outcome.MET),
        ("BLS", "BLS", PartialDate(2026, 6), Outcome.MET),
        ("BLS", "BLS", PartialDate(2026, 5), Outcome.SHORT),
        ("BLS", "BLS", PartialDate(2025), Outcome.SHORT),
        ("BLS", "ACLS", None, Outcome.SILENT),
        ("OSHA 30-hour training", "OSHA 30-Hour Construction", None, Outcome.MET),
        ("OSHA 30-hour training", "OSHA 10", None, Outcome.SHORT),
        ("OSHA 10 card", "OSHA 30-Hour Construction", None, Outcome.MET),
        ("driver's licence", "Commercial Driver's License, Class A", None, Outcome.MET),
        ("Commercial driver's license", "Driver's License", None, Outcome.SILENT),
        ("New York bar", "New York", None, Outcome.MET),
        ("New York bar", "New York State Bar", None, Outcome.MET),
        ("New York bar", "New Jersey", None, Outcome.SILENT),
        ("New York bar", "New York State teaching certificate", None, Outcome.SILENT),
    ],
)
def test_licences_are_known_by_name_initials_and_expiry(
    asked: str, stated: str, expires: PartialDate | None, outcome: Outcome
) -> None:
    """A licence is the same when it is named in full or by its initials; one that expired contradicts."""
    licences = [Licence(stated, HERE, expires=expires)]
    assert check_licences(Constraints(licences=(asked,)), licences, TODAY).outcome is outcome


def test_the_licence_that_expired_is_named() -> None:
    """Of two licences asked, the note says which one expired and when, and it is quoted first."""
    licences = [Licence("BLS", HERE), Licence("ACLS", Span(5, 9), expires=PartialDate(2025, 4))]
    check = check_licences(Constraints(licences=("BLS", "ACLS")), licences, TODAY)
    assert check.spans == (Span(5, 9), HERE)
    assert check.note == "BLS and ACLS asked; states BLS; stated as expired: ACLS (Apr 2025)"


def test_one_of_two_licences_is_enough_only_where_the_posting_says_or() -> None:
    """ "A and B" with A alone is partly met; "A or B" is met."""
    licences = [Licence("ACLS", HERE)]
    both = Constraints(licences=("BLS", "ACLS"))
    either = Constraints(licences=("BLS", "ACLS"), any_licence=True)
    assert check_licences(both, licences, TODAY).outcome is Outcome.PARTLY
    assert check_licences(either, licences, TODAY).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("CPA", Outcome.MET),
        ("CPA, exam scheduled for May", Outcome.PARTLY),
        ("Pursuing CPA", Outcome.PARTLY),
        ("CPA (not yet held)", Outcome.PARTLY),
        ("Pursuing CFA; CPA", Outcome.MET),
        ("CPA, pursued for three years and held since", Outcome.MET),
    ],
)
def test_a_licence_that_is_not_held_yet_is_for_a_person(line: str, outcome: Outcome) -> None:
    """Words of an exam to come, right beside the licence, keep it from being met."""
    at = line.index("CPA")
    licence = Licence("CPA", Span(at, at + 3))
    check = check_licences(Constraints(licences=("CPA",)), [licence], TODAY, line)
    assert check.outcome is outcome
    assert ("not held yet" in check.note) is (outcome is Outcome.PARTLY)


def test_the_licence_nearest_in_name_is_the_one_that_is_meant() -> None:
    """A valid certificate that only shares the asked word does not hide the licence that expired."""
    licences = [
        Licence("Dental Nurse Radiography Award", HERE),
        Licence("Dentist, Council of Malta", HERE, expires=PartialDate(2025, 4)),
        Licence("Board Certified Sleep Dentist", HERE),
    ]
    asked = Constraints(licences=("dentist licence",))
    assert check_licences(asked, licences, TODAY).outcome is Outcome.SHORT
    assert check_licences(asked, licences[::2], TODAY).outcome is Outcome.MET


@pytest.mark.parametrize(
    ("asked", "demand", "stated", "outcome"),
    [
        ("driving licence", "Category D driving licence", "Driving Licence, Category D", Outcome.MET),
        ("driving licence", "Category D driving licence", "Driving Licence, Category B", Outcome.SHORT),
        ("driving licence", "Category D driving licence", "Driving Licence, Category C", Outcome.PARTLY),
        ("driving licence", "Category C driving licence", "Category C+E driving licence", Outcome.MET),
        (
            "driving licence",
            "Category C or category C+E driving licence",
            "Category C driving licence",
            Outcome.MET,
        ),
        ("driving licence", "Category D driving licence", "Driving Licence, Kent", Outcome.PARTLY),
        ("driving licence", "Driving licence", "Driving Licence, Category B", Outcome.MET),
        ("CDL", "Class A CDL", "CDL Class A", Outcome.MET),
        ("CDL", "Class A CDL", "Commercial Driver's License, Class B", Outcome.SHORT),
        ("CDL", "CDL-A with a clean record", "CDL-B", Outcome.SHORT),
        ("CDL", "Class B CDL", "Class A CDL", Outcome.MET),
        ("CDL", "Class A CDL", "CDL", Outcome.PARTLY),
        ("CDL", "CDL", "Class B CDL", Outcome.MET),
        ("MR licence", "MR licence", "HR licence", Outcome.MET),
        ("HR licence", "HR licence", "MR licence", Outcome.SHORT),
        (
            "ServSafe Manager",
            "ServSafe Manager certification",
            "ServSafe Food Protection Manager",
            Outcome.MET,
        ),
        ("ServSafe Manager", "ServSafe Manager certification", "ServSafe", Outcome.PARTLY),
        ("ServSafe Manager", "ServSafe Manager certification", "ServSafe Food Handler", Outcome.SHORT),
        ("ServSafe", "ServSafe certification", "ServSafe Food Handler", Outcome.MET),
        ("Six Sigma Green Belt", "Six Sigma Green Belt", "Lean Six Sigma Black Belt", Outcome.MET),
        ("PRINCE2 Practitioner", "PRINCE2 Practitioner", "PRINCE2 Foundation", Outcome.SHORT),
    ],
)
def test_grades_and_classes_cover_each_other_by_their_scheme(
    asked: str, demand: str, stated: str, outcome: Outcome
) -> None:
    """A higher grade meets a demand, a lower one is less than asked, one not stated is for a person."""
    check = check_licences(Constraints(licences=(asked,)), [Licence(stated, HERE)], TODAY, "", demand)
    assert check.outcome is outcome


def test_a_higher_licence_held_outweighs_a_lower_one_stated_beside_it() -> None:
    """Who lists every class held down to the lowest states the highest."""
    held = [Licence("Category B driving licence", HERE), Licence("Category C driving licence", HERE)]
    asked = Constraints(licences=("driving licence",))
    assert check_licences(asked, held, TODAY, "", "Category C driving licence").outcome is Outcome.MET


def test_a_ticket_is_a_licence() -> None:
    """Trades call a licence a ticket; the resume need not."""
    asked = Constraints(licences=("B pressure ticket",))
    assert check_licences(asked, [Licence("B Pressure Welder, Alberta", HERE)], TODAY).outcome is Outcome.MET


def test_a_language_stated_at_beginner_level_is_for_a_person() -> None:
    """A stated low level is neither a match nor a contradiction."""
    asked = Constraints(languages=("Spanish",))
    assert check_languages(asked, [LanguageSkill("Spanish", "A2", HERE)]).outcome is Outcome.PARTLY
    for level in ("a few phrases", "limited", "some"):
        assert check_languages(asked, [LanguageSkill("Spanish", level, HERE)]).share == 0.5
    assert check_languages(asked, [LanguageSkill("Spanish", "native", HERE)]).outcome is Outcome.MET
    assert check_languages(asked, [LanguageSkill("French", None, HERE)]).outcome is Outcome.SILENT


def test_a_language_to_work_in_asks_more_than_conversation() -> None:
    """A middle level meets a posting that names none or such a one, and is for a person where it asks for
    fluency or professional use; what states no level is taken at its word."""
    asked = Constraints(languages=("Spanish",))
    middle = [LanguageSkill("Spanish", level, HERE) for level in ("intermediate", "B1", "conversation")]
    for demand in (
        "Professional proficiency in Spanish",
        "Fluent Spanish",
        "Bilingual in English and Spanish",
    ):
        assert {check_languages(asked, [one], demand).outcome for one in middle} == {Outcome.PARTLY}
        for level in ("B2", "fluent", None):
            held = [LanguageSkill("Spanish", level, HERE)]
            assert check_languages(asked, held, demand).outcome is Outcome.MET
    for demand in ("Spanish is a plus", "Intermediate or professional Spanish", "Conversational Spanish"):
        assert {check_languages(asked, [one], demand).outcome for one in middle} == {Outcome.MET}


def test_a_language_that_is_missing_is_called_not_stated() -> None:
    """A resume that names one of two languages says nothing against the other."""
    asked = Constraints(languages=("German", "English"))
    check = check_languages(asked, [LanguageSkill("English", "fluent", HERE)])
    assert check.note == "German and English asked; states English (fluent); German not stated"
    assert check.outcome is Outcome.SILENT, "English alone is what a resume in English shows by itself"
    german = check_languages(asked, [LanguageSkill("German", "fluent", HERE)])
    assert german.outcome is Outcome.PARTLY


def test_some_of_a_language_is_for_a_person_where_more_is_asked() -> None:
    """Conversation is enough for "some Spanish" and may not be for someone bilingual."""
    asked = Constraints(languages=("Spanish",))
    for level in ("intermediate level", "medical conversation", "B1"):
        spoken = [LanguageSkill("Spanish", level, HERE)]
        assert check_languages(asked, spoken, "Conversational Spanish").outcome is Outcome.MET
        assert check_languages(asked, spoken, "Bilingual in Spanish, spoken and written").share == 0.5


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("At least a Bachelor's degree in a related field or equivalent experience", Outcome.PARTLY),
        ("A bachelor's degree in a relevant quantitative subject", Outcome.PARTLY),
        ("A bachelor's degree", Outcome.MET),
    ],
)
def test_whether_an_unnamed_field_is_related_is_for_a_person(text: str, outcome: Outcome) -> None:
    """Anthropology may or may not be "a related field"; the posting does not say what is."""
    asked = Constraints(degree=DegreeLevel.BACHELOR)
    qualification = Qualification("q1", text, QualificationKind.REQUIRED, 1.0, asked)
    document = Document("x", "text/plain", "0" * 64, ())
    graduate = Resume(document, "c0", "x", education=(degree(DegreeLevel.BACHELOR, "Anthropology"),))
    ((name, check),) = check_all(qualification, graduate, frozenset(), TODAY)
    assert (name, check.outcome) == ("degree", outcome)


def test_who_studies_has_left_school() -> None:
    """A degree that is not completed meets a demand for a school's certificate, and for nothing higher."""
    studies = [degree(DegreeLevel.BACHELOR, "History", completed=False)]
    for asked, outcome in ((DegreeLevel.HIGH_SCHOOL, Outcome.MET), (DegreeLevel.ASSOCIATE, Outcome.PARTLY)):
        assert check_degree(Constraints(degree=asked), studies).outcome is outcome
