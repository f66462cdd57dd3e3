"""Words glued or split: the words of a fixture's text as read against the words it was drawn from."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from matcher.documents import read
from matcher.errors import DocumentError
from matcher.evaluation.parsing_tally import read_yaml
from matcher.evaluation.tables import Table

WORD = re.compile(r"\w+")


@dataclass
class Words:
    """Sums over the files of one producer. `shared` counts words of both, as multisets."""

    files: int = 0
    read: int = 0
    drawn: int = 0
    shared: int = 0
    glued: int = 0
    split: int = 0


def words_table(folder: Path) -> Table:
    """Precision and recall of words per producer, and how many were glued or split."""
    producers: dict[str, Words] = {}
    files = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))["files"]
    for entry in files:
        if not entry["file"].startswith(("resumes/", "renderings/")):
            continue
        drawn = list(words_drawn(read_yaml(folder / entry["content"])))
        try:
            text = read((folder / entry["file"]).read_bytes()).text
        except DocumentError:
            text = ""  # its words count as missing
        ending = Path(entry["file"]).suffix[1:]
        for name in (f"{entry['producer']} ({ending})", "all"):
            add_words(producers.setdefault(name, Words()), drawn, text)
    order = [*sorted(name for name in producers if name != "all"), "all"]
    rows = tuple(
        (name, w.files, w.drawn, w.shared / max(w.read, 1), w.shared / max(w.drawn, 1), w.glued, w.split)
        for name, w in ((name, producers[name]) for name in order)
    )
    return Table(
        "parsing.words",
        "Words read against the words drawn, per producer",
        ("producer", "files", "words", "precision", "recall", "glued", "split"),
        rows,
        "Words are runs of letters and digits, case folded, counted as multisets. Glued: a word read that "
        "is two neighbouring words drawn; split: two neighbouring words read that are one word drawn. What "
        "a layout adds of its own (a repeated employer, a label) costs precision; a word that it leaves "
        "out costs recall.",
    )


def add_words(words: Words, drawn: list[str], text: str) -> None:
    """Add one file's text to the sums."""
    found = WORD.findall(text.casefold())
    have, want = Counter(found), Counter(drawn)
    missing, extra = want - have, have - want
    joined = {left + right for left, right in pairwise(drawn)}
    words.files += 1
    words.read += len(found)
    words.drawn += len(drawn)
    words.shared += (have & want).total()
    words.glued += sum(number for word, number in extra.items() if word in joined)
    words.split += sum(
        left + right in missing and (left in extra or right in extra) for left, right in pairwise(found)
    )


def words_drawn(content: dict[str, Any]) -> Iterator[str]:
    """The words that a renderer draws of a content file, in its order."""
    contact = content["contact"]
    shown = [content["name"], content.get("headline", ""), contact.get("place"), contact.get("phone")]
    shown += [contact.get("email"), *contact.get("links", ())]
    for block in content["sections"]:
        shown += [block["heading"], block.get("text"), *block.get("items", ())]
        for job in block.get("jobs", ()):
            employer = None if job.get("same_employer") else job.get("employer")
            shown += [job["title"], employer, job.get("place"), job.get("when"), job.get("about")]
            shown += job.get("did", ())
        for study in block.get("education", ()):
            shown += [study["degree"], study.get("school"), study.get("when"), *study.get("notes", ())]
        skills = block.get("skills", ())
        groups = skills.items() if isinstance(skills, dict) else [("", skills)]
        for label, names in groups:
            shown += [label, *names]
        for language in block.get("languages", ()):
            shown.append(language.get("text") or f"{language['name']} {language.get('level') or ''}")
        shown += [licence.get("text", licence["name"]) for licence in block.get("licences", ())]
    for part in shown:
        yield from WORD.findall(str(part or "").casefold())
