"""The nouns of the project: frozen values with no behaviour beyond answering questions about themselves.

    bytes -> Document -> Resume | Role -> Snippets | Qualifications -> vectors -> index -> hits -> MatchReport

Every quote in every value is a `Span` into `Document.text`, so that
`document.text[span.start:span.end]` is the quoted text (the span law).
"""

from matcher.types.documents import (
    Box,
    Document,
    Line,
    Link,
    Page,
    Place,
    SetAside,
    SetAsideKind,
    Span,
)
from matcher.types.pictures import Picture, Pictures, QuotePictures
from matcher.types.results import (
    ClauseMatch,
    Engine,
    Evidence,
    Joined,
    Match,
    MatchReport,
    Ranking,
    Rejected,
    Verdict,
)
from matcher.types.resumes import (
    Contact,
    DegreeLevel,
    Education,
    Identity,
    IdentityKind,
    LanguageSkill,
    Licence,
    PartialDate,
    Period,
    Position,
    Resume,
    Section,
    SectionKind,
    Skill,
    Snippet,
)
from matcher.types.roles import (
    Assess,
    Constraints,
    Logistics,
    Qualification,
    QualificationKind,
    Role,
    WorkMode,
)

__all__ = [
    "Assess",
    "Box",
    "ClauseMatch",
    "Constraints",
    "Contact",
    "DegreeLevel",
    "Document",
    "Education",
    "Engine",
    "Evidence",
    "Identity",
    "IdentityKind",
    "Joined",
    "LanguageSkill",
    "Licence",
    "Line",
    "Link",
    "Logistics",
    "Match",
    "MatchReport",
    "Page",
    "PartialDate",
    "Period",
    "Picture",
    "Pictures",
    "Place",
    "Position",
    "Qualification",
    "QualificationKind",
    "QuotePictures",
    "Ranking",
    "Rejected",
    "Resume",
    "Role",
    "Section",
    "SectionKind",
    "SetAside",
    "SetAsideKind",
    "Skill",
    "Snippet",
    "Span",
    "Verdict",
    "WorkMode",
]
