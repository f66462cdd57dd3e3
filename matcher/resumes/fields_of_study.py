"""Fields of study: the words a field is made of, used to tell where a field ends and a school begins."""

from __future__ import annotations

import re

WORDS: frozenset[str] = frozenset(
    """
    accounting accountancy acting actuarial administration administrative adult advanced advertising
    aeronautical aerospace african agricultural agriculture agronomy air aircraft allied american analysis
    analytics anatomy ancient animal animation anthropology apparel applied aquatic arabic archaeology
    architectural architecture art arts asian assisting astronomy astrophysics athletic audio auditing
    automation automobile automotive aviation banking behavioral behavioural biochemical biochemistry
    bioengineering bioinformatics biological biology biomedical biomolecular biophysics biostatistics
    biotechnology botany broadcast broadcasting building business care ceramics chemical chemistry child
    childhood chinese cinema civil classics climate clinical coding cognitive commerce commercial
    communication communications community comparative computational computer computers computing conflict
    conservation construction control corporate corrections cosmetology counseling counselling creative
    criminal criminology culinary cultural curriculum cyber cybersecurity cyber-security dance data
    database decision dental design development developmental dietetics digital digitale disorders drafting
    drama drawing early earth east ecology econometrics economic economics economy education educational
    electrical electronic electronics elementary embedded emergency energy engineering english
    entrepreneurship environment environmental epidemiology ethics ethnic european events evolutionary
    exercise experimental family fashion film finance financial fine fire fisheries fitness food foods
    foreign forensic forensics forestry french gender general genetics geography geological geology
    geophysics german gerontology global government graphic graphics health healthcare hispanic history
    home horticulture hospital hospitality hotel housing human humanities human-computer immunology
    industrial informatics information infrastructure instructional instrumentation insurance integrated
    intelligence interactive interdisciplinary interior international internet investigation investments
    italian japanese journalism justice kinesiology labor laboratory landscape language languages latin law
    leadership learning legal leisure liberal library linguistics literacy literature logistics machine
    management managerial manufacturing marine maritime marketing mass materials math mathematical
    mathematics mechanical mechanics mechatronics media medical medicinal medicine merchandising
    metallurgical metallurgy meteorology methods microbiology middle military mining mobile modern
    molecular multimedia museum music musical nanotechnology natural naval network networking networks
    neural neuroscience nuclear nursing nutrition nutritional occupational oceanography office online
    operations optical optics optometry organizational organisational painting paralegal pathology
    performance performing personnel petroleum pharmaceutical pharmaceutics pharmacology pharmacy
    philosophy photography photonics physical physician physics physiology planning plant political
    politics polymer power pre-law pre-med preparation preschool printing probability process procurement
    production product professional programming project psychological psychology public publishing
    purchasing quality quantitative radio radiography radiologic radiology reading real recreation
    recreational refrigeration rehabilitation relations religion religious renewable research resource
    resources respiratory restaurant retail rhetoric risk robotics romance russian safety sales school
    science sciences secondary secretarial security semiconductor service services signal social society
    sociology software soil sound space spanish special speech sport sports statistical statistics
    strategic strategy structural studies studio supervision supply surgery surveying sustainability
    sustainable system systems tax taxation teaching technical technologies technology telecommunication
    telecommunications television textile textiles theater theatre theology theoretical theory therapeutic
    therapy tourism toxicology trade training translation transport transportation travel urban user
    veterinary video vision visual vocational water web welding welfare wellness wildlife women women's
    work world writing zoology material emphasis tv brain behavior film/video hr pre nutritional welding
    estate chain level science/minor stem information-technology informatik wirtschaftsinformatik
    maschinenbau betriebswirtschaft betriebswirtschaftslehre volkswirtschaftslehre elektrotechnik physik
    chemie biologie mathematik rechtswissenschaften medizin psychologie germanistik informatique gestion
    droit économie lettres langues mathématiques physique chimie ingénierie derecho administración empresas
    economía informática ingeniería medicina psicología contabilidad direito administração engenharia
    economia informatica giurisprudenza ingegneria lettere bedrijfskunde rechten
""".split()
)
_JOINING = frozenset("and & of in for the / with und et de y e en - des la le".split())
_TOKEN = re.compile(r"[^\s,;:|\t()]+")


def known_prefix(text: str) -> int:
    """How far into `text` its words are words of a field of study (0 when not even the first is)."""
    end = reached = 0
    for match in _TOKEN.finditer(text):
        gap = text[reached : match.start()]
        if any(c in gap for c in ";|\t") or (":" in gap and end):
            break
        words = [word for word in re.split(r"[/&-]", match[0].casefold().strip(".*")) if word]
        if words and all(word in WORDS for word in words):
            end = match.end()
        elif match[0].casefold() not in _JOINING and match[0] not in "/&-":
            break
        reached = match.end()
    return end
