"""Parsing of the XML inside office files, hardened: no entities, no external files, no huge trees."""

from __future__ import annotations

from typing import Any

from lxml import etree

from matcher.errors import CorruptDocumentError, EntityBombError

Element = Any  # lxml ships no types


def parse_xml(data: bytes, member: str) -> Element:
    """The root element of `data`; `member` names the part in messages.

    Raises EntityBombError when the XML declares entities, CorruptDocumentError when it is not well formed
    or nests deeper than libxml2 allows (256 levels).
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data:
            raise _bomb(member) from error
        raise CorruptDocumentError(
            f"The part {member} of the file is not well-formed XML (line {error.lineno}): "
            "export the file again from the program that made it."
        ) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise _bomb(member)
    return root


def _bomb(member: str) -> EntityBombError:
    return EntityBombError(
        f"The part {member} of the file declares XML entities, which a document does not need and which can "
        "expand without end: export the file again from the program that made it."
    )
