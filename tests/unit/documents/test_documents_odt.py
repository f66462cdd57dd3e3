import pytest
from documents_samples import bold, check_laws, hidden, links, odt, sizes

from matcher.documents import read
from matcher.types import SetAsideKind


def style(name: str, properties: str, family: str = "text", rest: str = "") -> str:
    """A style:style with text properties."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" {rest}>'
        f"<style:text-properties {properties}/></style:style>"
    )


def test_headings_paragraphs_and_bold() -> None:
    """Headings by element and by style are bold and larger than the body; bold lines are bold."""
    styles = (
        style("Body", 'fo:font-size="10pt"', "paragraph")
        + style("Mine", "", "paragraph", 'style:parent-style-name="Heading_20_2"')
        + style("Heading_20_2", 'fo:font-size="14pt"', "paragraph")
        + style("B", 'fo:font-weight="bold"')
    )
    document = read(
        odt(
            '<text:h text:outline-level="1" text:style-name="Body">Ada Vero</text:h>'
            '<text:p text:style-name="Mine">Work</text:p>'
            '<text:p text:style-name="Body">Baker</text:p>'
            '<text:p text:style-name="Body"><text:span text:style-name="B">Skills</text:span></text:p>'
            '<text:p text:style-name="Body"><text:span text:style-name="B">Place:</text:span> '
            "Oslo in Norway</text:p>",
            styles=styles,
        )
    )
    assert sizes(document) == {
        "Ada Vero": 11.0, "Work": 14.0, "Baker": 10.0, "Skills": 10.0, "Place: Oslo in Norway": 10.0,
    }  # fmt: skip
    assert bold(document) == ["Ada Vero", "Work", "Skills"]


def test_lists_spaces_tabs_breaks_and_links() -> None:
    """Nested lists keep levels, second paragraphs hang, and inline elements are characters."""
    body = (
        "<text:list><text:list-item><text:p>A</text:p><text:p>more</text:p><text:list><text:list-item>"
        "<text:p>B</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<text:p>x<text:s text:c="5"/>y<text:tab/>z<text:line-break/>'
        '<text:a xlink:href="https://example.org/ada">my work</text:a></text:p>'
    )
    document = read(odt(body))
    assert document.text == "• A\n  more\n  • B\n\nx\ty\tz\nmy work"
    assert links(document) == {"https://example.org/ada": "my work"}
    check_laws(document)


def test_tables_frames_headers_and_footers() -> None:
    """Rows of facts are tabbed, text boxes follow their paragraph, page numbers are no text."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        f"<table:table><table:table-row>{cell.format('SQL')}{cell.format('4 years')}"
        f"</table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box>"
        "</draw:frame>Beside it</text:p>"
    )
    masters = (
        "<style:master-page><style:header><text:p>Ada Vero</text:p></style:header>"
        "<style:footer><text:p><text:page-number>1</text:page-number></text:p></style:footer></style:master-page>"
    )
    assert read(odt(body, masters=masters)).text == "Ada Vero\n\nSQL\t4 years\n\nBeside it\n\nIn a box"


@pytest.mark.parametrize(
    "properties",
    [
        'text:display="none"',
        'fo:color="#ffffff"',
        'fo:font-size="1pt"',
        'fo:color="#000080" fo:background-color="#000080"',
    ],
)
def test_hidden_text_is_cut_and_listed(properties: str) -> None:
    """Hidden, page-coloured and microscopic text is for the reviewer only."""
    body = '<text:p>Baker<text:span text:style-name="X"> expert in everything</text:span> in Oslo</text:p>'
    document = read(odt(body, styles=style("X", properties)))
    assert document.text == "Baker in Oslo"
    assert hidden(document) == ["expert in everything"]


def test_white_on_a_dark_ground_is_read() -> None:
    """A shaded paragraph or a filled frame shows white text."""
    styles = (
        '<style:style style:name="P" style:family="paragraph"><style:paragraph-properties '
        'fo:background-color="#102040"/><style:text-properties fo:color="#ffffff"/></style:style>'
        '<style:style style:name="F" style:family="graphic"><style:graphic-properties '
        'draw:fill="solid"/></style:style>' + style("W", 'fo:color="#ffffff"')
    )
    body = (
        '<text:p text:style-name="P">Ada Vero</text:p><text:p><draw:frame draw:style-name="F"><draw:text-box>'
        '<text:p><text:span text:style-name="W">Baker</text:span></text:p></draw:text-box>'
        "</draw:frame></text:p>"
    )
    document = read(odt(body, styles=styles))
    assert document.text == "Ada Vero\n\nBaker"
    assert document.set_aside == ()


def test_changes_comments_and_placeholders_are_no_text() -> None:
    """Deleted text and comments are dropped, a placeholder is set aside, a hidden section is hidden."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Junior</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Baker<office:annotation><text:p>ask her</text:p></office:annotation> in "
        "<text:placeholder>&lt;town&gt;</text:placeholder></text:p>"
        '<text:section text:display="none"><text:p>expert</text:p></text:section>'
    )
    document = read(odt(body))
    assert document.text == "Baker in"
    assert [(entry.kind, entry.text) for entry in document.set_aside] == [
        (SetAsideKind.TEMPLATE, "<town>"),
        (SetAsideKind.HIDDEN_TEXT, "expert"),
    ]
