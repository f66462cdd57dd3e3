from documents_samples import bold, check_laws, links, sizes, text_of

from matcher.documents import read

POSTING = """\
---
# INSTRUCTIONS: fill in the parts below.
title: "Harbour Pilot"
opens: 2024-01-01
key duties:
  - Board ships
    - in any weather
  - Bring them in
---

{% comment ------------- %}
Delete this line.
{% endcomment ---------- %}
<!-- and this -->

## Basics

**Job title:** {{ page.title }}

{% comment %}x{% endcomment %}
**Place:** Bergen
{% include pay_range.html min="$90" max="$110" %}
{% include apply_button.html %}

Read [the rules](https://example.org/rules) and
the [other page]({% link pages/other.md %}).

## Key duties

{% include job/key_duties.html %}
"""


def test_front_matter_and_template_code_leave_clean_text() -> None:
    """Comments go, what the text refers to by name is filled in, the title heads the text."""
    document = read(POSTING.encode())
    assert document.text == (
        "Harbour Pilot\n\nBasics\n\nJob title: Harbour Pilot\n\nPlace: Bergen\nPay range: $90 - $110\n\n"
        "Read the rules and\nthe other page.\n\nKey duties\n\n• Board ships\n  • in any "
        "weather\n• Bring them in"
    )
    assert links(document) == {"https://example.org/rules": "the rules"}
    assert document.media_type == "text/markdown"
    check_laws(document)


def test_a_first_level_heading_is_not_doubled_by_the_title() -> None:
    """Front matter's title is used only where the body has none."""
    assert text_of("---\ntitle: Cook wanted\n---\n# Ship's Cook\n\nCook.\n") == "Ship's Cook\n\nCook."


def test_headings_of_both_kinds_and_without_a_space() -> None:
    """Hashes, underlines and hashes typed tight are headings with the sizes of their level."""
    document = read(b"Ship's Cook\n===========\n\nDuties\n------\n\n##Terms\n\n### Pay\n\nFair.\n")
    assert document.text == "Ship's Cook\n\nDuties\n\nTerms\n\nPay\n\nFair."
    assert sizes(document) == {"Ship's Cook": 20.0, "Duties": 16.0, "Terms": 16.0, "Pay": 13.0, "Fair.": 11.0}


def test_marks_go_and_words_stay() -> None:
    """Emphasis, code, escapes and strikes vanish; underscores in names, stars in sums do not."""
    text = text_of("## A\n\n**Bold**, *slanted*, `code`, snake_case, 2 * 3 * 4, 5\\*, ~~old~~ __x__\n")
    assert text == "A\n\nBold, slanted, code, snake_case, 2 * 3 * 4, 5*, old x"


def test_a_line_in_bold_is_a_bold_line() -> None:
    """Postings use bold lines as headings; a bold label before its value is none."""
    document = read(b"**Who we are**\n\n**Place:** Oslo, and now and then Bergen\n\nA dairy.\n")
    assert bold(document) == ["Who we are"]


def test_items_of_every_kind_keep_their_level() -> None:
    """Dashes, stars, pluses, numbers and bullet glyphs are items; indents are levels, also of four spaces."""
    text = text_of("## A\n- a\n    - b\n        - c\n* d\n+ e\n\n1. f\n2. g\n\n• h\n• i\n")
    assert text == "A\n\n• a\n  • b\n    • c\n• d\n• e\n• f\n• g\n• h\n• i"


def test_line_breaks_stay() -> None:
    """People break lines in Markdown where they mean to: contact lines are not one sentence."""
    assert text_of("# Ada Vero\n**Oslo**\nada@example.org\n") == "Ada Vero\n\nOslo\nada@example.org"


def test_tables_fences_and_inline_html() -> None:
    """Rows are tabbed, code keeps its lines, tags are read as HTML and hidden ones are cut."""
    document = read(
        b"## A\n\n| Skill | Years |\n|---|---|\n| **SQL** | 4 |\n\n```sh\nmake all\n```\n\n"
        b"x<br>y <span style='display:none'>secret</span> z\n"
    )
    assert document.text == "A\n\nSkill\tYears\nSQL\t4\n\nmake all\n\nx\ny z"
    assert [entry.text for entry in document.set_aside] == ["secret"]


def test_an_indented_block_is_text() -> None:
    """Four spaces before a line are an author's habit, not code."""
    assert text_of("## A\n\n    Bake **bread**.\n") == "A\n\nBake bread."
