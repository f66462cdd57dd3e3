"""What an item asks for that can be checked: years, degree, licences, languages."""

import pytest

from matcher.roles.constraints import constraints
from matcher.types import Constraints, DegreeLevel


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("4+ years building backend systems", 4, None),
        ("At least two years of bedside nursing within the last four years", 2, None),
        ("6 to 10 years of HR experience", 6, 10),
        ("Between five and eight years of practice", 5, 8),
        ("An experienced manager (minimum 2-5 years)", 2, 5),
        ("five or more years in retail", 5, None),
        ("three years or more of experience in audio", 3, None),
        ("one (1) year of specialized experience", 1, None),
        ("Minimum 8 years in building, of which at least 3 as project manager", 8, None),
        ("18 months of solar experience", 1.5, None),
        ("Up to 3 years of experience", None, 3),
        ("Mindestens 3 Jahre Berufserfahrung", 3, None),
        ("3 ans d'expérience minimum", 3, None),
        ("Al menos 5 años de experiencia", 5, None),
        ("Two years' experience of teaching", 2, None),
    ],
)
def test_years_are_read_in_every_usual_wording(text: str, least: float | None, most: float | None) -> None:
    """Ranges, words, months, half-open ranges and other languages."""
    found = constraints(text)
    assert (found.min_years, found.max_years) == (least, most)


@pytest.mark.parametrize(
    "text",
    [
        "Must be 18 years of age",
        "No accidents in the last three years",
        "A four-year degree",
        "Plan lessons for Years 9 to 13",
        "Within the next 12 months",
    ],
)
def test_numbers_that_are_no_experience_are_left(text: str) -> None:
    """Ages, look-back windows, lengths of study and school years ask for no experience."""
    assert constraints(text).min_years is None


@pytest.mark.parametrize(
    ("text", "level", "equivalent"),
    [
        ("BEng or MEng in civil engineering", DegreeLevel.BACHELOR, False),
        ("A bachelor's degree in law, or equivalent experience", DegreeLevel.BACHELOR, True),
        ("MS, MBA or another advanced degree", DegreeLevel.MASTER, False),
        ("Master's degree in labor relations", DegreeLevel.MASTER, False),
        ("Candidates must hold a J.D.", DegreeLevel.DOCTORATE, False),
        ("PharmD from an accredited college", DegreeLevel.DOCTORATE, False),
        ("High school diploma, GED or equivalent", DegreeLevel.HIGH_SCHOOL, True),
        ("Associate degree in nursing", DegreeLevel.ASSOCIATE, False),
        ("Diploma in agriculture", DegreeLevel.ASSOCIATE, False),
        (
            "Degree in civil engineering, or a trade background with equivalent experience",
            DegreeLevel.BACHELOR,
            True,
        ),
        ("An honours degree in physics", DegreeLevel.BACHELOR, False),
        ("B.E./B.Tech in computer science", DegreeLevel.BACHELOR, False),
        ("A high degree of autonomy", None, False),
        ("Certified Scrum Master", None, False),
        ("Based in Boston, MA", None, False),
        ("Good with MS Office", None, False),
        ("Familiar with LLM design patterns", None, False),
        ("Subject knowledge up to A level", None, False),
    ],
)
def test_the_lowest_degree_that_satisfies_is_read(
    text: str, level: DegreeLevel | None, equivalent: bool
) -> None:
    """Levels in their many names, and words that only look like one."""
    found = constraints(text)
    assert (found.degree, found.or_equivalent) == (level, equivalent)


def test_degree_fields_leave_out_what_is_vague() -> None:
    """ "A related field" names no field."""
    text = "A bachelor's degree in human resources, business, psychology or a related field"
    assert constraints(text).degree_fields == ("human resources", "business", "psychology")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Current, unencumbered Minnesota RN license", ("RN license",)),
        ("BLS and ACLS, both valid on day one", ("BLS", "ACLS")),
        ("Qualified Teacher Status (QTS)", ("Qualified Teacher Status",)),
        ("A valid driver's license, because the plants are far apart", ("driver's license",)),
        ("CCRN certification", ("CCRN",)),
        ("Admission to the New York bar is required.", ("New York bar",)),
        ("Working with Children Check", ("Working with Children Check",)),
        ("Journeyman welder certificate", ("Journeyman welder certificate",)),
        ("Experience with open-source licence compliance", ()),
        ("A J.D. from an accredited law school", ()),
        ("Experience managing software licenses", ()),
        ("State Property and Casualty license", ("Property & Casualty license",)),
        ("Ohio Life and Health insurance license", ("Life & Health insurance license",)),
    ],
)
def test_licences_are_named_without_the_words_around_them(text: str, names: tuple[str, ...]) -> None:
    """States, "current", "valid" and reasons are cut off; what is no licence is left."""
    assert constraints(text).licences == names


def test_or_between_names_means_that_one_is_enough() -> None:
    """Alternatives are told from things all asked for."""
    assert constraints("SHRM-SCP or SPHR certification").any_licence
    assert not constraints("BLS and ACLS").any_licence
    assert constraints("Learns quickly; an RN or LPN licence").any_licence
    assert constraints("Conversational Hmong or Spanish").any_language
    assert not constraints("Bilingual in English and Spanish").any_language


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("You are fully bilingual in English and French", ("English", "French")),
        ("Portuguese is optional but nice", ("Portuguese",)),
        ("Japanese or Korean at a business level", ("Japanese", "Korean")),
        ("Gute Deutschkenntnisse in Wort und Schrift", ("German",)),
        ("Anglais courant", ("English",)),
        ("Nivel alto de inglés", ("English",)),
        ("Experience teaching English literature", ()),
        ("Knowledge of the German market", ()),
        ("Familiarity with cross-border deals in Germany", ()),
        ("You polish prose and like good english mustard", ()),
    ],
)
def test_only_languages_that_are_asked_for_are_languages(text: str, names: tuple[str, ...]) -> None:
    """A language's name beside a subject, a market or a meal asks for no language."""
    assert constraints(text).languages == names


def test_prose_asks_for_nothing_that_can_be_checked() -> None:
    """An item without facts has empty constraints."""
    assert constraints("A warm way with people who are worried") == Constraints()


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Juris Doctor from an accredited law school", ("law",)),
        ("Law degree (JD or LLB)", ("law",)),
        ("PharmD from an accredited college", ("pharmacy",)),
        ("BSN required", ("nursing",)),
        ("MBA preferred", ("business",)),
        ("MBA in finance or banking", ("finance", "banking")),
        ("MS, MBA or another advanced degree", ()),
        ("Bachelor's degree required, MBA preferred", ()),
        ("PhD or MD", ()),
    ],
)
def test_a_degree_that_names_its_field_asks_for_that_field(text: str, fields: tuple[str, ...]) -> None:
    """A Juris Doctor is asked in law, so that a doctorate in another subject does not meet it."""
    assert constraints(text).degree_fields == fields


@pytest.mark.parametrize(
    ("text", "level", "fields"),
    [
        ("MLIS from an accredited school", DegreeLevel.MASTER, ("library science",)),
        ("MSW degree or MPH degree", DegreeLevel.MASTER, ("social work", "public health")),
        ("BScN required", DegreeLevel.BACHELOR, ("nursing",)),
        ("Master of Library and Information Science", DegreeLevel.MASTER, ("library science",)),
        ("DrPH preferred", DegreeLevel.DOCTORATE, ("public health",)),
        ("Bachelor's degree or MBA", DegreeLevel.BACHELOR, ()),
        ("We use MLS listings", None, ()),
    ],
)
def test_letters_of_a_degree_say_its_field(
    text: str, level: DegreeLevel | None, fields: tuple[str, ...]
) -> None:
    """Where the letters asked name a field, the field is asked, unless a degree of any field will do."""
    found = constraints(text)
    assert (found.degree, found.degree_fields) == (level, fields)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A current ServSafe Manager certification is required", ("ServSafe Manager",)),
        ("ServSafe Food Protection Manager or equivalent", ("ServSafe Manager",)),
        ("ServSafe certification (Manager) within 30 days", ("ServSafe Manager",)),
        ("ServSafe Food Handler card", ("ServSafe Food Handler",)),
        ("ServSafe Food Handler or higher", ("ServSafe",)),
        ("ServSafe certified", ("ServSafe",)),
        ("PRINCE2 Practitioner", ("PRINCE2 Practitioner",)),
        ("PRINCE2 Foundation", ("PRINCE2",)),
        ("NEBOSH National Diploma", ("NEBOSH National Diploma",)),
        ("CIPD Level 5", ("CIPD Level 5",)),
        ("CIPD Level 5 or above", ("CIPD",)),
        ("HACCP (Level 3) is essential", ("HACCP Level 3",)),
        ("NICET Level II certification", ("NICET Level II",)),
        ("SVQ 3 in social services", ("SVQ 3 in social services",)),
        ("NVQ3 in Care", ("NVQ 3 in Care",)),
        ("Level 3 NVQ in plumbing", ("Level 3 NVQ in plumbing",)),
        ("Licensed journeyman plumber", ("journeyman plumber",)),
        ("Journeyman electrician license", ("Journeyman electrician license",)),
        ("Master electrician license", ("Master electrician license",)),
        ("EPA 608 Universal", ("EPA 608 Universal",)),
        ("Class A CDL", ("CDL",)),
        ("CDL-A required", ("CDL",)),
        ("You will be the manager of our ServSafe programme", ("ServSafe",)),
    ],
)
def test_a_licence_keeps_the_grade_in_its_name(text: str, names: tuple[str, ...]) -> None:
    """A lower grade is not taken for the one asked; the entry grade and "or above" ask for any."""
    assert constraints(text).licences == names


@pytest.mark.parametrize(
    ("text", "level", "fields"),
    [
        ("A culinary degree is preferred", DegreeLevel.ASSOCIATE, ("culinary",)),
        ("Culinary arts degree or equivalent", DegreeLevel.ASSOCIATE, ("culinary arts",)),
        ("A nursing degree", DegreeLevel.ASSOCIATE, ("nursing",)),
        ("You hold an engineering degree", DegreeLevel.ASSOCIATE, ("engineering",)),
        ("Supply chain or business degree required", DegreeLevel.ASSOCIATE, ("supply chain", "business")),
        ("Mechanical engineering degree", DegreeLevel.ASSOCIATE, ("mechanical engineering",)),
        ("A business degree in accounting", DegreeLevel.ASSOCIATE, ("accounting",)),
        ("An undergraduate nursing degree", DegreeLevel.BACHELOR, ("nursing",)),
        ("Bachelor's engineering degree", DegreeLevel.BACHELOR, ("engineering",)),
        ("Master’s nursing degree", DegreeLevel.MASTER, ("nursing",)),
        ("Bachelor's degree; a business degree is preferred", DegreeLevel.BACHELOR, ()),
        ("Master of Science degree in civil engineering", DegreeLevel.MASTER, ("civil engineering",)),
        ("Master of Applied Science degree", DegreeLevel.MASTER, ()),
        ("Bachelor of Science degree or higher", DegreeLevel.BACHELOR, ()),
        ("Associate of Arts degree", DegreeLevel.ASSOCIATE, ()),
        ("A degree in physics", DegreeLevel.BACHELOR, ("physics",)),
        ("A relevant degree", DegreeLevel.BACHELOR, ()),
        ("Engineering degree-level knowledge", DegreeLevel.BACHELOR, ()),
        ("You will teach music degree students", None, ()),
        ("A design degree of care", None, ()),
    ],
)
def test_a_degree_named_by_its_field_states_no_level(
    text: str, level: DegreeLevel | None, fields: tuple[str, ...]
) -> None:
    """Any degree in the field will do, so the lowest is asked; a level beside it is kept."""
    found = constraints(text)
    assert (found.degree, found.degree_fields) == (level, fields)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("RN or LPN licence", ("RN", "LPN licence")),
        ("LCSW, LMFT or LPC license", ("LCSW", "LMFT", "LPC license")),
        ("RN/LPN license", ("RN", "LPN license")),
        ("UK or EU driving licence", ("driving licence",)),
        ("Category C or category C+E driving licence", ("driving licence",)),
    ],
)
def test_licences_that_share_their_noun_are_all_named(text: str, names: tuple[str, ...]) -> None:
    """Initials in front of "or ... licence" are a licence, too; places and categories are none."""
    assert constraints(text).licences == names


@pytest.mark.parametrize(
    ("text", "fields", "years"),
    [
        ("Degree in nursing or ten years on a ward", ("nursing",), 10.0),
        ("5 years of experience in sales or a degree in marketing", ("marketing",), 5.0),
        ("Bachelor's degree in law or minimum of eight (8) years of work experience", ("law",), 8.0),
    ],
)
def test_years_may_stand_in_for_a_degree(text: str, fields: tuple[str, ...], years: float) -> None:
    """ "A degree or years of work", in either order, accepts experience; the years are no field."""
    found = constraints(text)
    assert (found.degree_fields, found.min_years, found.or_equivalent) == (fields, years, True)


def test_years_of_two_degrees_accept_no_experience_instead() -> None:
    """Each degree with its own years is asked, whichever of them."""
    text = "Master's degree with 3 years of experience or Bachelor's degree with 5 years of experience"
    assert not constraints(text).or_equivalent
