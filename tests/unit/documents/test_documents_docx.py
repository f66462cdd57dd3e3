import io

import pytest
from documents_samples import NAMESPACES, bold, check_laws, docx, hidden, links, paragraph, run, sizes
from docx import Document as WordDocument
from docx.shared import Pt, RGBColor

from matcher.documents import read
from matcher.errors import EmptyDocumentError, NoTextError
from matcher.types import SetAsideKind

STYLES = f"""<w:styles {NAMESPACES}>
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="N"/>
  <w:rPr><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My section"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {NAMESPACES}>
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0b7;"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""
PARTS = {"word/styles.xml": STYLES, "word/numbering.xml": NUMBERING}
RELS = {"s": ("styles", "styles.xml"), "n": ("numbering", "numbering.xml")}


def styled(name: str) -> str:
    """The w:pPr content that names a style."""
    return f'<w:pStyle w:val="{name}"/>'


def item(text: str, level: int) -> str:
    """A paragraph of the test's list."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


def table(*rows: list[str]) -> str:
    """A w:tbl; each cell is XML of blocks."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def box(content: str, fill: str = "", top: int = 0) -> str:
    """A text box as Word writes it: drawing and, for old readers, the same again as VML."""
    text = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wp:positionV><wp:posOffset>{top}</wp:posOffset></wp:positionV>"
        f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx>{text}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_headings_by_style_are_bold_and_larger() -> None:
    """A heading style, also through the style it is based on, makes a heading whatever its font says."""
    document = read(
        docx(
            paragraph("Work", properties=styled("H1"))
            + paragraph("Baker", properties=styled("Mine"))
            + paragraph("Oslo", properties=styled("Loop"))
            + paragraph(run("Plain but outlined"), properties='<w:outlineLvl w:val="1"/>'),
            parts=PARTS,
            rels=RELS,
        )
    )
    assert bold(document) == ["Work", "Baker", "Plain but outlined"]
    assert sizes(document) == {"Work": 16.0, "Baker": 16.0, "Oslo": 11.0, "Plain but outlined": 12.0}


def test_short_bold_lines_are_bold_and_labels_are_not() -> None:
    """A line is bold when all of it is, or its title is with a date at the right."""
    document = read(
        docx(
            paragraph(run("Skills", "<w:b/>"))
            + paragraph(run("Place: ", "<w:b/>"), "Oslo")
            + paragraph(run("Baker", "<w:b/>"), "<w:r><w:tab/><w:t>2019</w:t></w:r>")
            + paragraph(run("not", '<w:b w:val="0"/>'))
        )
    )
    assert bold(document) == ["Skills", "Baker\t2019"]


def test_lists_have_their_levels_and_a_silent_level_no_bullet() -> None:
    """Numbering gives bullets and numbers alike a bullet; a level that shows nothing is a paragraph."""
    document = read(
        docx(
            item("A", 0)
            + item("B", 1)
            + item("C", 2)
            + paragraph("D", properties=styled("Item"))
            + paragraph("E", properties=styled("Item") + '<w:numPr><w:numId w:val="0"/></w:numPr>'),
            parts=PARTS,
            rels=RELS,
        )
    )
    assert document.text == "• A\n  • B\n    C\n• D\n\nE"


def test_symbols_tabs_breaks_and_hyphens() -> None:
    """Symbol-font bullets, tabs, line breaks and special hyphens become plain characters."""
    body = (
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0A7'/></w:r><w:r><w:tab/><w:t>Baked</w:t></w:r></w:p>"
        "<w:p><w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>· </w:t></w:r><w:r>"
        "<w:t>Sold</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Oslo</w:t><w:br/><w:t>re</w:t><w:noBreakHyphen/><w:t>sent by co</w:t><w:softHyphen/>"
        "<w:t>operation</w:t></w:r></w:p>"
    )
    assert read(docx(body)).text == "• Baked\n• Sold\n\nOslo\nre-sent by cooperation"


def test_rows_of_facts_are_tabbed_and_columns_are_read_one_by_one() -> None:
    """Short cells share a line; a resume laid out in a table reads cell by cell; merged cells come once."""
    facts = table([paragraph("SQL"), paragraph("4 years")], [paragraph("Go"), paragraph("1 year")])
    columns = table(
        [
            paragraph("Skills", properties=styled("H1")) + item("SQL", 0) + item("Go", 0),
            paragraph("Work", properties=styled("H1")) + paragraph("Baker") + paragraph("Oslo"),
        ]
    )
    document = read(docx(facts + columns, parts=PARTS, rels=RELS))
    assert document.text == "SQL\t4 years\nGo\t1 year\n\nSkills\n• SQL\n• Go\n\nWork\nBaker\nOslo"
    merged = "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    assert read(docx(paragraph("Ada") + merged)).text == "Ada"


def test_a_date_beside_its_job_stays_beside_it() -> None:
    """A narrow cell labels the wide one: no empty line between them, one after the row."""
    rows = table(
        [paragraph("2019"), paragraph("Baker") + paragraph("Oslo")],
        [paragraph("2017"), paragraph("Cook") + paragraph("Bergen")],
    )
    assert read(docx(rows)).text == "2019\nBaker\nOslo\n\n2017\nCook\nBergen"


def test_text_boxes_are_read_once_from_top_to_bottom() -> None:
    """The copy for old readers is not read again; boxes of one paragraph come in the order of the page."""
    body = paragraph(box(paragraph("Lower"), top=900), box(paragraph("Upper"), top=100), "Ada Vero")
    assert read(docx(body)).text == "Ada Vero\n\nUpper\n\nLower"
    only_vml = (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    assert read(docx(only_vml.format(paragraph("Old box")))).text == "Old box"


def test_headers_come_first_footers_last_and_each_once() -> None:
    """The name is often in the header; page numbers are no text; sections repeat neither."""
    part = f"<w:{{0}} {NAMESPACES}>{{1}}</w:{{0}}>"
    number = (
        "<w:p><w:r><w:t>Page </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r>"
        "<w:instrText> PAGE "
        "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>1</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
    )
    refs = '<w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/>'
    unused = '<w:headerReference w:type="first" r:id="x"/>'
    data = docx(
        paragraph("Baker")
        + f"<w:p><w:pPr><w:sectPr>{refs}</w:sectPr></w:pPr></w:p><w:sectPr>{refs}{unused}</w:sectPr>",
        parts={
            "word/header1.xml": part.format("hdr", paragraph("Ada Vero")),
            "word/header2.xml": part.format("hdr", paragraph("Never shown")),
            "word/footer1.xml": part.format("ftr", number),
        },
        rels={"h": ("header", "header1.xml"), "f": ("footer", "footer1.xml"), "x": ("header", "header2.xml")},
    )
    assert read(data).text == "Ada Vero\n\nBaker"


def test_footnotes_are_read_and_their_separators_are_not() -> None:
    """Notes follow the body."""
    notes = (
        f"<w:footnotes {NAMESPACES}><w:footnote w:type='separator' w:id='-1'>{paragraph('---x')}</w:footnote>"
        f"<w:footnote w:id='1'>{paragraph('With honours.')}</w:footnote></w:footnotes>"
    )
    data = docx(
        paragraph("MSc"), parts={"word/footnotes.xml": notes}, rels={"f": ("footnotes", "footnotes.xml")}
    )
    assert read(data).text == "MSc\n\nWith honours."


def test_links_by_relationship_and_by_field() -> None:
    """Both ways in which Word writes a link give its address and the words it stands under."""
    body = (
        "<w:p><w:hyperlink r:id='l'><w:r><w:t>my </w:t></w:r><w:r><w:t>work</w:t></w:r></w:hyperlink>"
        "<w:r><w:t> or </w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        '<w:r><w:instrText> HYPERLINK "mailto:ada@example.org" </w:instrText></w:r>'
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>mail</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t> me</w:t></w:r></w:p>"
    )
    document = read(docx(body, rels={"l": ("hyperlink", "https://example.org/ada")}))
    assert document.text == "my work or mail me"
    assert links(document) == {"https://example.org/ada": "my work", "mailto:ada@example.org": "mail"}


def test_deleted_text_is_dropped_and_inserted_text_kept() -> None:
    """Tracked changes are read as accepted."""
    body = (
        "<w:p><w:del><w:r><w:delText>Junior </w:delText></w:r></w:del><w:ins><w:r><w:t>Senior "
        "</w:t></w:r></w:ins>"
        "<w:r><w:t>Baker</w:t></w:r><w:moveFrom><w:r><w:t> moved</w:t></w:r></w:moveFrom></w:p>"
    )
    assert read(docx(body)).text == "Senior Baker"


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:rStyle w:val="Ghost"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FDFDFD"/>',
        '<w:sz w:val="2"/>',
        '<w:shd w:val="clear" w:fill="003366"/><w:color w:val="003366"/>',
    ],
)
def test_hidden_runs_are_cut_and_listed(properties: str) -> None:
    """Hidden font, the page's colour and microscopic sizes are for the reviewer only."""
    body = paragraph("Baker", run(" expert in everything", properties), " in Oslo")
    document = read(docx(body, parts=PARTS, rels=RELS))
    assert document.text == "Baker in Oslo"
    assert hidden(document) == ["expert in everything"]


WHITE = run("Ada Vero", '<w:color w:val="FFFFFF"/>')
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
FILL = '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'
BANNER = (
    f"<w:r><w:drawing><wp:anchor><wp:extent cx='6000000' cy='600000'/><wps:wsp><wps:spPr>{FILL}</wps:spPr>"
    "</wps:wsp></wp:anchor></w:drawing></w:r>"
)


@pytest.mark.parametrize(
    "body",
    [
        paragraph(WHITE, properties=SHADE),
        f"<w:tbl><w:tr><w:tc><w:tcPr>{SHADE}</w:tcPr>{paragraph(WHITE)}</w:tc></w:tr></w:tbl>",
        paragraph(box(paragraph(WHITE), FILL)),
        paragraph(BANNER, WHITE),
        paragraph(BANNER) + paragraph(WHITE),
        paragraph(run("Ada Vero", '<w:color w:val="auto"/>')),
    ],
)
def test_white_text_on_a_dark_ground_is_read(body: str) -> None:
    """A name in white on a shaded paragraph, cell, box or banner is no trick."""
    document = read(docx(body))
    assert document.text == "Ada Vero"
    assert document.set_aside == ()


def test_unfilled_form_fields_are_set_aside_as_template_text() -> None:
    """A prompt that nobody replaced is not the candidate's text; a filled field is."""
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    filled = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = (
        prompt.format(paragraph("[Company name]"))
        + filled.format(paragraph("Two Ovens"))
        + paragraph(prompt.format(run("[Job title]")), "Oslo")
    )
    document = read(docx(body))
    assert document.text == "Two Ovens\nOslo"
    assert [(entry.kind, entry.text) for entry in document.set_aside] == [
        (SetAsideKind.TEMPLATE, "[Company name]"),
        (SetAsideKind.TEMPLATE, "[Job title]"),
    ]


def test_the_strict_dialect_is_read_the_same() -> None:
    """ISO strict files differ in their namespaces alone."""
    xml = f"<w:document {NAMESPACES}><w:body>{paragraph('Ada Vero')}</w:body></w:document>"
    strict = xml.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(docx("", parts={"word/document.xml": strict})).text == "Ada Vero"


def test_a_file_without_text_says_what_it_lacks() -> None:
    """Pictures alone need text recognition; hidden text alone is said to be hidden."""
    with pytest.raises(NoTextError, match="OCR"):
        read(docx("<w:p><w:r><w:drawing/></w:r></w:p>"))
    with pytest.raises(EmptyDocumentError, match="all of its 3 characters are hidden"):
        read(docx(paragraph(run("Ada", "<w:vanish/>"))))


def test_a_file_of_python_docx() -> None:
    """What python-docx writes, with its template of styles, keeps every word in order."""
    word = WordDocument()
    word.add_heading("Ada Vero", 0)
    word.add_heading("Experience", 1)
    line = word.add_paragraph()
    line.add_run("Baker").bold = True
    line.add_run("\t2019 – 2021")
    word.add_paragraph("Baked 300 loaves a night", style="List Bullet")
    word.add_paragraph("Trained two apprentices", style="List Bullet 2")
    word.add_paragraph("Rose early", style="List Number")
    secret = word.add_paragraph().add_run("expert in everything")
    secret.font.color.rgb = RGBColor(255, 255, 255)
    word.add_paragraph().add_run("tiny").font.size = Pt(1)
    grid = word.add_table(1, 2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "Bread", "9 years"
    word.sections[0].header.paragraphs[0].text = "Curriculum vitae"
    stream = io.BytesIO()
    word.save(stream)
    document = read(stream.getvalue())
    check_laws(document)
    assert document.text == (
        "Curriculum vitae\n\nAda Vero\n\nExperience\nBaker\t2019 – 2021\n• Baked 300 loaves a night\n"
        "• Trained two apprentices\n• Rose early\n\nBread\t9 years"
    )
    assert hidden(document) == ["expert in everything", "tiny"]
    assert bold(document) == ["Ada Vero", "Experience", "Baker\t2019 – 2021"]
