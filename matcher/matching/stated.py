"""What a resume states of its candidate: not what it writes for the software or takes from the posting."""

from __future__ import annotations

from dataclasses import replace

from matcher.types import Resume, SetAsideKind, Span

_STATES_NOTHING = (SetAsideKind.INSTRUCTION, SetAsideKind.COPIED)


def stated(resume: Resume) -> Resume:
    """`resume` without the degrees, licences and languages that stand in an instruction or a copied line."""
    aside = [item.span for item in resume.set_aside if item.span and item.kind in _STATES_NOTHING]
    if not aside:
        return resume

    def counts(fact: Span) -> bool:
        return not any(fact.overlaps(span) for span in aside)

    return replace(
        resume,
        education=tuple(entry for entry in resume.education if counts(entry.span)),
        licences=tuple(licence for licence in resume.licences if counts(licence.span)),
        languages=tuple(language for language in resume.languages if counts(language.span)),
    )
