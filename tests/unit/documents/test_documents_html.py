import json

import pytest
from documents_samples import bold, check_laws, hidden, links, sizes, text_of

from matcher.documents import read
from matcher.errors import CorruptDocumentError, DocumentTooLargeError, EmptyDocumentError


def test_nested_lists_keep_their_levels() -> None:
    """A list in an item is one level deeper; a second paragraph of an item hangs under its text."""
    page = "<ul><li>A<ul><li>B<ol><li>C</li></ol></li></ul></li><li><p>D</p><p>more of D</p></li></ul>"
    assert text_of(page) == "• A\n  • B\n    • C\n• D\n  more of D"


def test_headings_have_the_sizes_of_their_level() -> None:
    """Heading lines are bold and larger than the body."""
    document = read(b"<h1>Baker</h1><h2>Duties</h2><h3>At night</h3><p>Bake.</p>")
    assert sizes(document) == {"Baker": 20.0, "Duties": 16.0, "At night": 13.0, "Bake.": 11.0}
    assert bold(document) == ["Baker", "Duties", "At night"]


def test_a_paragraph_in_bold_is_a_bold_line_and_a_label_is_not() -> None:
    """Bold counts where it is the whole line, or its title with a date at the right."""
    document = read(
        b"<p><strong>What you'll do</strong></p><p><b>Place:</b> Oslo, three days a week</p>"
        b"<table><tr><td><b>Baker</b></td><td>2019</td></tr></table>"
    )
    assert bold(document) == ["What you'll do", "Baker\t2019"]


def test_typed_bullets_and_breaks_are_lines() -> None:
    """Postings write items as paragraphs or with line breaks."""
    page = "<p>&bull; Bake</p><p>&#8226;&nbsp;&nbsp;Clean</p><p>Hours:<br>- nights<br/>- Sundays</p>"
    assert text_of(page) == "• Bake\n• Clean\n\nHours:\n• nights\n• Sundays"


def test_white_space_is_what_a_browser_shows() -> None:
    """Runs of white space fold, entities are characters, pre-formatted text keeps its lines."""
    page = "<div>\n  R&amp;D\n  &euro;5 </div><div>a<span> b</span>c</div><pre>x\n- y</pre>"
    assert text_of(page) == "R&D €5\na bc\nx\n• y"


def test_rows_of_facts_are_tabbed_and_layout_tables_are_read_cell_by_cell() -> None:
    """A table of short cells gives one line a row; a table that holds columns gives one column at a time."""
    facts = "<table><tr><th>Skill</th><th>Years</th></tr><tr><td>SQL</td><td>4</td></tr></table>"
    assert text_of(facts) == "Skill\tYears\nSQL\t4"
    layout = (
        "<table><tr><td><h3>Skills</h3><ul><li>SQL</li></ul></td>"
        "<td><h3>Work</h3><p>Baker</p><p>Oslo</p></td></tr></table>"
    )
    assert text_of(layout) == "Skills\n\n• SQL\n\nWork\n\nBaker\nOslo"


def test_flex_rows_put_title_and_date_on_one_line() -> None:
    """What a style sheet sets side by side is one line; columns of blocks are read one by one."""
    page = (
        "<style>.row{display:flex; justify-content:space-between} .cols {display:flex}</style>"
        "<div class='cols'><div><p>Skills</p><p>SQL</p></div>"
        "<div><div class=row><div>Baker</div><div>2019</div></div><p>Oslo</p></div></div>"
        "<p><b>Cook</b><span style='float:right'>2017</span></p>"
    )
    assert text_of(page) == "Skills\nSQL\n\nBaker\t2019\nOslo\n\nCook\t2017"


def test_what_is_not_content_is_dropped() -> None:
    """Scripts, styles, navigation, comments and controls are no text."""
    page = (
        "<head><title>t</title></head><nav>Home</nav><script>x()</script><style>p{}</style><!-- c -->"
        "<div role=navigation>Menu</div><button>Apply</button><template>T</template><p>Bake.</p>"
    )
    assert text_of(page) == "Bake."


@pytest.mark.parametrize(
    "secret",
    [
        "<p style='display:none'>expert in everything</p>",
        "<p style='display: none !important'>expert <b>in everything</b></p>",
        "<p hidden>expert in everything</p>",
        "<p style='visibility:hidden'>expert in everything</p>",
        "<p style='opacity:0'>expert in everything</p>",
        "<span style='font-size:0'>expert in everything</span>",
        "<span style='font-size:1px'>expert in everything</span>",
        "<span style='color:#fff'>expert in everything</span>",
        "<span style='color:rgb(254, 254, 254)'>expert in everything</span>",
        "<font color=white>expert in everything</font>",
        "<div style='background:#036'><span style='color:#003366'>expert in everything</span></div>",
        "<div style='color:rgba(0,0,0,0.01)'>expert in everything</div>",
        "<div style='position:absolute; left:-9999px'>expert in everything</div>",
        "<div style='text-indent:-9999px'>expert in everything</div>",
        "<div style='position:absolute;clip:rect(0,0,0,0)'>expert in everything</div>",
        "<div style='height:0;overflow:hidden'>expert in everything</div>",
        "<span class='sr-only'>expert in everything</span>",
        "<span class=x1>expert in everything</span>",
        "<span id=x2>expert in everything</span>",
        "<i>expert in everything</i>",
        "<div><em>expert in everything</em></div>",
    ],
)
def test_hidden_text_is_cut_and_listed(secret: str) -> None:
    """Whatever hides it, hidden text is not in the document and the reviewer sees it."""
    sheet = "<style>/* x */ .x1{display:none} #x2{color:white} i{font-size:.5px} div > em {opacity:0}</style>"
    document = read(
        f"<html>{sheet}<body><p>Baker in Oslo</p>{secret}<p>Since 2019</p></body></html>".encode()
    )
    assert document.text == "Baker in Oslo\nSince 2019"
    assert hidden(document) == ["expert in everything"]
    assert document.set_aside[0].span is None


@pytest.mark.parametrize(
    "shown",
    [
        "<div style='background:#036'><p style='color:#fff'>Baker</p></div>",
        "<div style='background: url(x.png)'><p style='color:#fff'>Baker</p></div>",
        "<table bgcolor=black><tr><td><font color=white>Baker</font></td></tr></table>",
        "<p style='color:#777'>Baker</p>",
        "<p aria-hidden=true>Baker</p>",
        "<p style='opacity:0.6'>Baker</p>",
        "<p style='visibility:hidden'><span style='visibility:visible'>Baker</span></p>",
        "<div style='font-size:0'><span style='font-size:12px'>Baker</span></div>",
        "<p style='color:var(--ink)'>Baker</p>",
        "<style>@media print {p {display:none}} p:hover{color:#fff} .a p{color:white} "
        ".a{background:#111}</style>"
        "<div class=a><p>Baker</p></div>",
    ],
)
def test_what_can_be_seen_is_kept(shown: str) -> None:
    """White on dark, faint, decorative and unknown colours are read as any other text."""
    document = read(f"<html><body>{shown}</body></html>".encode())
    assert document.text == "Baker"
    assert document.set_aside == ()


def test_links_stand_under_their_text() -> None:
    """Addresses that lead out of the page are kept with the words they stand under."""
    document = read(
        b"<p>See <a href='https://example.org/ada'>my  <b>work</b></a>, <a "
        b"href='mailto:ada@example.org'>mail</a> "
        b"<a href='#top'>top</a> <a href='javascript:x()'>run</a></p>"
    )
    assert links(document) == {"https://example.org/ada": "my work", "mailto:ada@example.org": "mail"}


def test_escaped_mark_up_is_undone() -> None:
    """Applicant systems export descriptions as HTML escaped inside HTML, sometimes twice."""
    expected = "Bake R&D bread.\n• nights"
    once = "&lt;p&gt;Bake R&amp;amp;D bread.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;nights&lt;/li&gt;&lt;/ul&gt;"
    assert text_of(once) == expected
    assert text_of(f"<div class=content>{once}</div>") == expected
    assert text_of(f"<html><div>{once.replace('&', '&amp;')}</div></html>") == expected


POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "Night Baker",
    "hiringOrganization": {"@type": "Organization", "name": "Two Ovens"},
    "jobLocation": {"address": {"addressLocality": "Oslo", "addressCountry": {"name": "NO"}}},
    "jobLocationType": "TELECOMMUTE",
    "employmentType": ["FULL_TIME"],
    "baseSalary": {"currency": "NOK", "value": {"minValue": 400, "maxValue": 500, "unitText": "HOUR"}},
    "description": "&lt;p&gt;Bake bread.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;at night&lt;/li&gt;&lt;/ul&gt;",
    "qualifications": ["Trade certificate", "- Good sleep by day"],
    "experienceRequirements": {"monthsOfExperience": 24},
    "skills": "Lamination\n- Sourdough",
}
POSTING_TEXT = (
    "Night Baker\nTwo Ovens\nLocation: Oslo, NO; Remote\nEmployment type: full time\n"
    "Salary: NOK 400 - 500 per hour\n\nBake bread.\n• at night\n\nQualifications\n• Trade certificate\n"
    "• Good sleep by day\n\nExperience requirements\n2 years of experience\n\nSkills\nLamination\n• Sourdough"
)


def test_a_bare_json_ld_posting_is_read_as_its_page() -> None:
    """Each property becomes the section that a page would show."""
    block = json.dumps({"@graph": [{"@type": "WebSite"}, POSTING]})
    document = read(block.encode())
    assert document.text == POSTING_TEXT
    assert document.media_type == "application/ld+json"
    assert document.embedded == (block,)
    assert bold(document) == ["Night Baker", "Qualifications", "Experience requirements", "Skills"]
    check_laws(document)


@pytest.mark.parametrize(("months", "said"), [("24", "2 years"), ("²", ""), ("9" * 400, ""), (None, "")])
def test_months_of_experience_that_are_no_number_are_passed_over(months: str | None, said: str) -> None:
    """A posting may write anything in the place of a number; the rest of it is read."""
    posting = {
        "@type": "JobPosting",
        "title": "Baker",
        "experienceRequirements": {"monthsOfExperience": months},
    }
    text = read(json.dumps(posting, ensure_ascii=False).encode()).text
    assert text.startswith("Baker")
    assert ("years" in text) == bool(said)
    assert said in text


def test_a_page_that_shows_nothing_is_read_from_its_json_ld() -> None:
    """Pages drawn by a script carry the posting for search engines only."""
    block = json.dumps(POSTING)
    page = (
        f'<html><script type="application/ld+json">{block}</script><body><div id=root>'
        f"</div>Loading</body></html>"
    )
    assert text_of(page) == POSTING_TEXT
    shown = page.replace("Loading", "<p>" + "Bake bread every night. " * 20 + "</p>")
    document = read(shown.encode())
    assert "Trade certificate" not in document.text
    assert document.embedded == (block,)


def test_broken_json_ld_is_kept_verbatim_and_ignored() -> None:
    """A block that is no JSON does not stop the page."""
    document = read(b'<html><script type="application/ld+json">{"@type": </script><p>Baker</p></html>')
    assert document.text == "Baker"
    assert document.embedded == ('{"@type": ',)


def test_the_declared_encoding_of_a_page_is_used() -> None:
    """A page that is not UTF-8 says what it is."""
    page = '<html><meta charset="windows-1251"><p>Пекарь в Осло</p></html>'
    assert text_of(page.encode("cp1251")) == "Пекарь в Осло"


def test_a_page_without_text_is_empty_and_a_hidden_one_says_so() -> None:
    """A page with nothing to see is refused, with how much it hides."""
    with pytest.raises(EmptyDocumentError, match="shows no text"):
        read(b"<html><body><img src=x></body></html>")
    with pytest.raises(EmptyDocumentError, match="all of its 5 characters are hidden"):
        read(b"<html><body><p hidden>Baker</p></body></html>")


def test_thousands_of_open_elements_are_refused() -> None:
    """Depth that no page has costs the parser quadratic time."""
    with pytest.raises(CorruptDocumentError, match=r"nests 3,000 elements.*limit is 2,000"):
        read(b"<div>" * 3_000 + b"x")


def test_a_long_style_sheet_hides_what_its_last_rule_hides() -> None:
    """Rules before it, however many, let no hidden text through; past the limit the file is refused."""
    page = "<style>{}.h{{display:none}}</style><p>Baker</p><p class=h>Astronaut</p>"
    document = read(page.format(".a{color:red}" * 3_000).encode())
    assert document.text == "Baker"
    assert [entry.text for entry in document.set_aside] == ["Astronaut"]
    with pytest.raises(DocumentTooLargeError, match="more than 20,000 rules"):
        read(page.format(".a{color:red}" * 20_000).encode())
