"""Invented people of many origins, and the words by which a resume says who its owner is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from random import Random

# Names of one to five words, with hyphens, particles, apostrophes, marks and other scripts; of one syllable;
# and made of ordinary words ("Grace Young", "Will Cook"), which are the hardest to tell from a resume's own.
NAMES = tuple(
    """
    Aaliyah Tremont-Bello; Emily Marsh Whitlock; Brendan O'Rourke; Lakeisha Dupree; Grace Young; Will Cook
    Mark Price; Faith Sharp; Rose Summers; Skye Rivers; Bo Li; Ty Wu; Wulandari; María-José de la Cruz Ibáñez
    Oluwaseun Adébáyò; Siobhán Ní Bhriain; Nguyễn Thị Lan Anh; Zoë van der Meulen; Aarav Krishnamurthy Iyer
    Priya S. Raman; Anna-Lena Weißhaupt; Ольга Мельникова; Στέλιος Καραμάνης; 王晓梅; 김서연; 佐藤 美咲
    Ahmed bin Khalid Al-Farsani; Fatoumata Diakité; Kealoha Kahananui; Te Ariki Paewai; Winona Littlefeather
    Jordan Ellis Jr.; DeShawn Pettiford; Agnieszka Wiśniowska; Þórdís Hallgrímsdóttir; Yael Ben-Harosh
    Mehmet Çağlayan; Chidinma Okwuosa; Rajesh Kumar; Tamás Kövesligeti; Iman Haidari; Marisol Quispe Huamán
    """.replace("\n", ";").split(";")
)
NAMES = tuple(name.strip() for name in NAMES if name.strip())

_PLACES = (
    "14 Mill Lane, Leeds LS1 4AP",
    "907 Upper Quarry Road, Apt 4, Springfield, OR 97477",
    "Lindenstraße 8, 50674 Köln",
    "Flat 2, 31 Ashgrove Road, Bristol BS7 9LQ",
    "12 rue des Tanneurs, 69005 Lyon",
    "Surulere, Lagos",
    "Pune, Maharashtra 411004",
    "Toronto, ON M4C 1B5",
)
_PHONES = (
    "+1 515-555-0129",
    "(559) 555-0111",
    "07700 900461",
    "+44 7700 900 873",
    "+49 30 23125 014",
    "+1.541.555.0173",
    "555-555-0190",
)
_PERSONAL = (
    ("Date of birth: 3 May 1968", "Nationality: Kenyan", "Marital status: married, two children"),
    ("Geburtsdatum: 14.02.1991", "Staatsangehörigkeit: deutsch", "Familienstand: ledig"),
    ("Age: 61 | Gender: female | Religion: none",),
    ("Sex: Male | Citizenship: American | DOB: 11/30/1999",),
    ("Pronouns: she/her", "Born 7 June 1979 in Accra"),
    ("(they/them)", "Edad: 44", "Estado civil: soltera"),
)


@dataclass(frozen=True)
class Person:
    """One invented person."""

    name: str
    place: str
    phone: str
    email: str
    link: str


def drawn(random: Random) -> Person:
    """A person drawn at random: name, place and number need not come from one country."""
    name = random.choice(NAMES)
    handle = handle_of(name) or f"person.{random.randrange(100, 1000)}"
    form = random.randrange(3)
    account = (handle, handle.replace(".", ""), f"{handle[:1]}{random.randrange(1960, 2005)}")[form]
    return Person(
        name=name,
        place=random.choice(_PLACES),
        phone=random.choice(_PHONES),
        email=f"{account}@example.{random.choice(('com', 'org', 'net'))}",
        link=f"linkedin.com/in/{handle.replace('.', '-')}",
    )


def personal_lines(random: Random) -> tuple[str, ...]:
    """Lines that say age, nationality, gender, family or faith, as resumes of several countries do."""
    return random.choice(_PERSONAL)


def handle_of(name: str) -> str:
    """ "maria-jose.ibanez" of a name in Latin letters, "" for other scripts."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("Þ", "Th"))
    letters = re.sub(r"[^a-z -]", "", plain.encode("ascii", "ignore").decode().casefold())
    tokens = letters.split()
    return ".".join(dict.fromkeys((tokens[0], tokens[-1]))) if tokens else ""
